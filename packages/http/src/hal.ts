import type { Page, PageRequest } from '@phone82/persistence';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { publicAddress } from './public-address.ts';

export interface Link {
  readonly href: string;
}
export type Links = Readonly<Record<string, Link>>;
export type HalRecord<T> = T & { readonly _links: Links };
export interface HalPage<T> {
  readonly _embedded: Readonly<Record<string, readonly HalRecord<T>[]>>;
  readonly _links: Links;
  readonly page: {
    readonly size: number;
    readonly totalElements: number;
    readonly totalPages: number;
    readonly number: number;
  };
}

/** How a record is called in links, and the collection it stands in: `{ rel: 'order', collection: 'orders' }`. */
export interface HalNames {
  readonly rel: string;
  readonly collection: string;
}

/** A record with links to itself, absolute as the client sees this service. */
export function record<T extends { readonly id: number | string }>(
  request: FastifyRequest,
  names: HalNames,
  resource: T,
): HalRecord<T> {
  return linked(`${publicAddress(request)}/${names.collection}`, names.rel, resource);
}

function linked<T extends { readonly id: number | string }>(
  collection: string,
  rel: string,
  resource: T,
): HalRecord<T> {
  const link = { href: `${collection}/${resource.id}` };
  return { ...resource, _links: { self: link, [rel]: link } };
}

/** One page of a collection, with links to its neighbors that keep the query. */
export function page<A, T extends { readonly id: number | string }>(
  request: FastifyRequest,
  { rel, collection }: HalNames,
  found: Page<A>,
  { page: number, size }: PageRequest,
  toResource: (item: A) => T,
): HalPage<T> {
  const address = publicAddress(request);
  const records = found.items.map((item) => linked(`${address}/${collection}`, rel, toResource(item)));
  const { totalElements } = found;
  const totalPages = Math.ceil(totalElements / size);
  return {
    _embedded: { [collection]: records },
    _links: pageLinks(new URL(request.url, address), number, totalPages),
    page: { size, totalElements, totalPages, number },
  };
}

function pageLinks(here: URL, number: number, totalPages: number): Links {
  const last = totalPages - 1;
  const to = (page: number): Link => {
    const url = new URL(here);
    url.searchParams.set('page', String(page));
    return { href: url.href };
  };
  return {
    self: { href: here.href },
    ...(last >= 0 && { first: to(0) }),
    ...(last >= 0 && number > 0 && { prev: to(Math.min(number - 1, last)) }),
    ...(number < last && { next: to(number + 1) }),
    ...(last >= 0 && { last: to(last) }),
  };
}

/** Whatever has `_links` goes out as `application/hal+json`. */
export function markHal(server: FastifyInstance): void {
  server.addHook('preSerialization', (_request, reply, payload, done) => {
    if (payload !== null && typeof payload === 'object' && '_links' in payload)
      reply.header('content-type', 'application/hal+json');
    done(null, payload);
  });
}
