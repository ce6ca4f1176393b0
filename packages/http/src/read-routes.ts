import type { Access, OwnedBy } from '@phone82/access';
import type { Page, PageRequest } from '@phone82/persistence';
import type { TObject } from 'typebox';
import { type HalNames, page, record } from './hal.ts';
import type { HttpServer } from './http-server.ts';
import { idParams, type pageQuery } from './page-query.ts';
import { pageResponse, problemResponses, recordResponse } from './responses.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  /** What the answer is. */
  readonly answer: string;
}

/** How the records of a collection are read: one by its id, or a page of them. */
export interface ReadRoutes<A, Query extends object> {
  readonly names: HalNames;
  readonly resource: TObject;
  readonly query: Pick<ReturnType<typeof pageQuery>, 'parse'> & { readonly schema: TObject };
  toResource(item: A): { readonly id: number };
  /** Who may read them. */
  readonly access: Access;
  /** `ownedBy`: whose records count; undefined: everyone's. */
  readonly finding: Operation & { run(id: number, ownedBy: OwnedBy | undefined): Promise<A> };
  /** `query` holds the filters that the collection has of its own. */
  readonly listing: Operation & {
    run(request: PageRequest, query: Query, ownedBy: OwnedBy | undefined): Promise<Page<A>>;
  };
}

/** Adds `GET /{collection}/{id}` and `GET /{collection}`, which every record of every service has. */
export function addReadRoutes<A, Query extends object = object>(
  server: HttpServer,
  { names, resource, query, toResource, access, finding, listing }: ReadRoutes<A, Query>,
): void {
  const tags = [names.collection];
  const findSchema = {
    operationId: finding.operationId,
    summary: finding.summary,
    tags,
    params: idParams,
    response: { 200: recordResponse(resource, finding.answer), ...problemResponses('not-found') },
  };
  const config = { access };
  server.get(`/${names.collection}/:id`, { schema: findSchema, config }, async (request) =>
    record(request, names, toResource(await finding.run(request.params.id, request.ownedBy))),
  );
  const listSchema = {
    operationId: listing.operationId,
    summary: listing.summary,
    tags,
    querystring: query.schema,
    response: { 200: pageResponse(resource, names, listing.answer) },
  };
  server.get(`/${names.collection}`, { schema: listSchema, config }, async (request) => {
    const wanted = query.parse(request.query as object);
    const found = await listing.run(wanted, request.query as Query, request.ownedBy);
    return page(request, names, found, wanted, toResource);
  });
}
