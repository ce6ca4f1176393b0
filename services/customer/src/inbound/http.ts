import { CustomerId, CustomerResource } from '@phone82/contracts';
import {
  type HttpServer,
  idParams,
  page,
  pageQuery,
  pageResponse,
  problemResponses,
  record,
  recordResponse,
  unlimited,
} from '@phone82/http';
import Type from 'typebox';
import { type OrderView, shownVersion } from '../domain/order-view.ts';
import type { CustomerService } from '../service.ts';
import { type StreamPlaces, streamChanges, streamPlaces } from './event-stream.ts';

const names = { rel: 'customer', collection: 'customers' };
const config = { access: { roles: ['customer', 'operator'], owner: ['customer'] } } as const;
const operatorOnly = { ...unlimited, access: { roles: ['operator'] } } as const;
const customer = Type.Optional(CustomerId);
const query = pageQuery(['id', 'orderId', 'item', 'qty', 'price', 'status', 'point'], { customer });
const MinVersion = Type.Object(
  {
    minVersion: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'Wait up to 500 ms for the view to hold this many events',
      }),
    ),
  },
  { additionalProperties: false },
);
const ChangeEvent = Type.Object(
  {
    id: Type.String({ description: 'The version' }),
    event: Type.Literal('change'),
    data: Type.String({
      contentMediaType: 'application/json',
      description: 'The order as `GET /customers/{id}` has it, without links',
    }),
  },
  { title: 'ChangeEvent', description: 'Each event of the stream' },
);
const Progress = Type.Object(
  { state: Type.Enum(['idle', 'building']), active: Type.Integer(), remaining: Type.Integer() },
  { title: 'RebuildProgress' },
);

const toResource = (view: OrderView): CustomerResource => ({
  id: view.id,
  orderId: view.id,
  item: view.item,
  qty: view.qty,
  price: view.price,
  status: view.status ?? '',
  point: view.point,
  customerId: view.customerId,
  version: shownVersion(view),
  timeline: [...view.timeline],
});

/** The routes of `/customers`, and those by which an operator rebuilds the view. */
export const viewRoutes = (service: CustomerService, maxEventStreams: number) => (server: HttpServer) => {
  addQueries(server, service);
  addStream(server, service, streamPlaces(maxEventStreams));
  addRebuild(server, service);
};

function addQueries(server: HttpServer, { queries }: CustomerService): void {
  const finding = {
    operationId: 'findCustomerOrder',
    summary: 'An order with everything that happened to it',
    tags: ['customers'],
    params: idParams,
    querystring: MinVersion,
    response: { 200: recordResponse(CustomerResource, 'The order.'), ...problemResponses('not-found') },
  };
  server.get('/customers/:id', { schema: finding, config }, async (request) => {
    const { minVersion } = request.query;
    const found = await queries.findOrder(request.params.id, { minVersion, ownedBy: request.ownedBy });
    return record(request, names, toResource(found));
  });

  const listing = {
    operationId: 'listCustomerOrders',
    summary: 'The orders of everyone, or of one customer',
    tags: ['customers'],
    querystring: query.schema,
    response: { 200: pageResponse(CustomerResource, names, 'A page of orders.') },
  };
  server.get('/customers', { schema: listing, config }, async (request) => {
    const wanted = query.parse(request.query);
    const found = await queries.listOrders(wanted, request.query.customer, request.ownedBy);
    return page(request, names, found, wanted, toResource);
  });
}

function addStream(server: HttpServer, { queries }: CustomerService, places: StreamPlaces): void {
  const watching = {
    operationId: 'watchCustomerOrder',
    summary: "An order's changes as they happen, as server-sent events",
    tags: ['customers'],
    params: idParams,
    response: {
      200: {
        description: 'The order now, and after each change.',
        content: { 'text/event-stream': { schema: ChangeEvent } },
      },
      ...problemResponses('not-found'),
    },
  };
  server.get('/customers/:id/events', { schema: watching, config }, async (request, reply) => {
    const { params, ownedBy } = request;
    await queries.findOrder(params.id, { ownedBy });
    places.take(reply);
    return streamChanges(
      request,
      reply,
      server.draining,
      (signal) => queries.watchOrder(params.id, signal, ownedBy),
      toResource,
    );
  });
}

function addRebuild(server: HttpServer, { commands, queries }: CustomerService): void {
  const answer = (description: string) => ({
    description,
    content: { 'application/json': { schema: Progress } },
  });
  const rebuilding = {
    operationId: 'rebuildView',
    summary: 'Folds the view anew from the beginning of the log, while the present one answers',
    tags: ['operation'],
    response: { 202: answer('It is being built.') },
  };
  server.post('/view/rebuild', { schema: rebuilding, config: operatorOnly }, async (_request, reply) => {
    reply.code(202);
    return commands.rebuild();
  });
  const asking = {
    operationId: 'rebuildProgress',
    summary: 'How far a rebuild is',
    tags: ['operation'],
    response: { 200: answer('The generation that answers, and what a new one has still to read.') },
  };
  server.get('/view/rebuild', { schema: asking, config: operatorOnly }, () => queries.rebuildProgress());
}
