import { demoPrincipal } from '@phone82/access';
import { OrderResource, PlaceOrderRequest, Problem } from '@phone82/contracts';
import type { IdempotencyStore } from '@phone82/persistence';
import { createLog, createMetrics, currentContext } from '@phone82/telemetry';
import Type from 'typebox';
import {
  actsOnce,
  createHttpServer,
  type HttpServer,
  type HttpServerOptions,
  idParams,
  page,
  pageQuery,
  pageResponse,
  problemResponses,
  record,
  recordResponse,
} from '../src/index.ts';

const names = { rel: 'order', collection: 'orders' };
const query = pageQuery(['id'], { customer: Type.Optional(Type.String()) });
const order: OrderResource = {
  id: 1,
  item: 'LG10',
  qty: 1,
  status: 'Ordered',
  store: null,
  price: 300,
  point: null,
  customerId: 'demo',
};

export interface OrderServer {
  readonly server: HttpServer;
  readonly lines: Record<string, unknown>[];
  /** The orders that were placed, by the correlation id seen while handling them. */
  readonly placed: (string | undefined)[];
}

/** A small service of orders, for the tests of what every service has. */
export async function orderServer(
  options: Partial<HttpServerOptions> & { idempotency?: IdempotencyStore } = {},
): Promise<OrderServer> {
  const lines: Record<string, unknown>[] = [];
  const placed: (string | undefined)[] = [];
  const log = createLog({ service: 'app', destination: { write: (line) => lines.push(JSON.parse(line)) } });
  const openapi = { title: 'phone82 app', version: '0.1.0', description: 'Orders' };
  const authenticate = () => demoPrincipal;
  const server = await createHttpServer({
    log,
    metrics: createMetrics('app'),
    openapi,
    authenticate,
    ...options,
  });
  server.addHook('onRoute', (route) => {
    route.config = { access: { roles: ['customer'] }, ...route.config };
  });
  addPlacing(server, placed);
  addReading(server);
  addDiscarding(server);
  return { server, lines, placed };
}

function addPlacing(server: HttpServer, placed: (string | undefined)[]): void {
  const placing = {
    operationId: 'placeOrder',
    summary: 'Orders a phone',
    tags: ['orders'],
    body: PlaceOrderRequest,
    response: {
      201: recordResponse(OrderResource, 'The order formed.'),
      ...problemResponses('item-unknown'),
    },
  };
  server.post('/orders', { schema: placing, config: actsOnce }, async (request, reply) => {
    const { item, qty } = request.body;
    await Promise.resolve();
    placed.push(currentContext()?.correlationId);
    if (item === 'unknown') throw new Problem('item-unknown', { item });
    if (item === 'busy') throw new Problem('payment-unavailable', {}, 3);
    if (item === 'pending') throw new Problem('order-pending');
    if (item === 'missing') throw new Problem('not-found');
    if (item === 'reused') throw new Problem('idempotency-key-reused');
    if (item === 'broken') throw new Error('the secret is 42');
    reply.code((item === 'accepted' ? 202 : 201) as 201).header('location', `/orders/${placed.length}`);
    return record(request, names, { ...order, id: placed.length, item, qty });
  });
}

/** Acts on what its address names: it needs no body. */
function addDiscarding(server: HttpServer): void {
  for (const method of ['POST', 'DELETE'] as const)
    server.route({
      method,
      url: '/letters/:id',
      schema: { hide: true },
      handler: async () => ({ outcome: 'handled' }),
    });
}

function addReading(server: HttpServer): void {
  const finding = {
    operationId: 'findOrder',
    summary: 'An order',
    tags: ['orders'],
    params: idParams,
    response: { 200: recordResponse(OrderResource, 'The order.') },
  };
  server.get('/orders/:id', { schema: finding }, (request) =>
    record(request, names, { ...order, id: request.params.id }),
  );
  const listing = {
    operationId: 'listOrders',
    summary: 'The orders',
    tags: ['orders'],
    querystring: query.schema,
    response: { 200: pageResponse(OrderResource, names, 'A page of orders.') },
  };
  server.get('/orders', { schema: listing }, (request) =>
    page(request, names, { items: [order], totalElements: 45 }, query.parse(request.query), (found) => found),
  );
}
