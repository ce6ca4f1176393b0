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
  readonly finding: Operation & { run(id: number): Promise<A> };
  /** `query` holds the filters that the collection has of its own. */
  readonly listing: Operation & { run(request: PageRequest, query: Query): Promise<Page<A>> };
}

/** Adds `GET /{collection}/{id}` and `GET /{collection}`, which every record of every service has. */
export function addReadRoutes<A, Query extends object = object>(
  server: HttpServer,
  { names, resource, query, toResource, finding, listing }: ReadRoutes<A, Query>,
): void {
  const tags = [names.collection];
  const findSchema = {
    operationId: finding.operationId,
    summary: finding.summary,
    tags,
    params: idParams,
    response: { 200: recordResponse(resource, finding.answer), ...problemResponses('not-found') },
  };
  server.get(`/${names.collection}/:id`, { schema: findSchema }, async (request) =>
    record(request, names, toResource(await finding.run(request.params.id))),
  );
  const listSchema = {
    operationId: listing.operationId,
    summary: listing.summary,
    tags,
    querystring: query.schema,
    response: { 200: pageResponse(resource, names, listing.answer) },
  };
  server.get(`/${names.collection}`, { schema: listSchema }, async (request) => {
    const wanted = query.parse(request.query as object);
    return page(request, names, await listing.run(wanted, request.query as Query), wanted, toResource);
  });
}
