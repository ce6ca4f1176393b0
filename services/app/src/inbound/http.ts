import { CancelOrderRequest, ItemResource, OrderResource, PlaceOrderRequest } from '@phone82/contracts';
import {
  actsOnce,
  addReadRoutes,
  type HttpServer,
  idParams,
  pageQuery,
  problemResponses,
  record,
  recordResponse,
  responseHeaders,
} from '@phone82/http';
import Type from 'typebox';
import { isPending, type Order, statusOf } from '../domain/order.ts';
import type { AppService } from '../service.ts';

const names = { rel: 'order', collection: 'orders' };
const query = pageQuery(['id', 'item', 'qty', 'price', 'status']);

const toResource = (order: Order): OrderResource => ({
  id: order.id,
  item: order.item,
  qty: order.qty,
  status: statusOf(order),
  store: order.store,
  price: order.price,
  point: order.point,
  customerId: order.customerId,
});

/** The routes of `/orders` and `/items`. */
export const orderRoutes = (service: AppService) => (server: HttpServer) => {
  addCommands(server, service);
  addQueries(server, service);
};

function addCommands(server: HttpServer, { commands }: AppService): void {
  const placing = {
    operationId: 'placeOrder',
    summary: 'Orders a phone and has it paid',
    tags: ['orders'],
    body: PlaceOrderRequest,
    response: {
      201: recordResponse(OrderResource, 'The order formed: it is paid for.', responseHeaders.location),
      202: recordResponse(
        OrderResource,
        'The outcome of the payment is being found out; look again at `Location`.',
        { ...responseHeaders.location, ...responseHeaders.retryAfter },
      ),
      ...problemResponses('item-unknown', 'payment-declined', 'payment-unavailable'),
    },
  };
  const config = { ...actsOnce, access: { roles: ['customer'] } } as const;
  server.post('/orders', { schema: placing, config }, async (request, reply) => {
    const { body, principal, idempotencyKey: requestKey } = request;
    const order = await commands.placeOrder({ ...body, customerId: principal.subject, requestKey });
    const hal = record(request, names, toResource(order));
    reply.code(isPending(order) ? 202 : 201).header('location', hal._links.self?.href);
    if (isPending(order)) reply.header('retry-after', '1');
    return hal;
  });

  const cancelling = {
    operationId: 'cancelOrder',
    summary: 'Takes an order back, also after it shipped',
    tags: ['orders'],
    params: idParams,
    body: CancelOrderRequest,
    response: {
      200: recordResponse(OrderResource, 'The order is cancelled; its money follows by itself.'),
      ...problemResponses('not-found', 'order-pending', 'order-not-formed', 'cancel-window-closed'),
    },
  };
  const ownOnly = { ...actsOnce, access: { roles: ['customer'], owner: ['customer'] } } as const;
  server.patch('/orders/:id', { schema: cancelling, config: ownOnly }, async (request) =>
    record(request, names, toResource(await commands.cancelOrder(request.params.id, request.ownedBy))),
  );
}

function addQueries(server: HttpServer, { queries }: AppService): void {
  addReadRoutes(server, {
    names,
    resource: OrderResource,
    query,
    toResource,
    access: { roles: ['customer', 'operator'], owner: ['customer'] },
    finding: {
      operationId: 'findOrder',
      summary: 'An order, also one that is pending or failed',
      answer: 'The order.',
      run: queries.findOrder,
    },
    listing: {
      operationId: 'listOrders',
      summary: 'The orders that formed',
      answer: 'A page of orders.',
      run: (request, _query, ownedBy) => queries.listOrders(request, ownedBy),
    },
  });

  const items = {
    description: 'What is sold.',
    content: { 'application/json': { schema: Type.Array(ItemResource) } },
  };
  const listingItems = {
    operationId: 'listItems',
    summary: 'The catalogue',
    tags: ['items'],
    response: { 200: items },
  };
  server.get('/items', { schema: listingItems, config: { access: 'public' } }, () => queries.listItems());
}
