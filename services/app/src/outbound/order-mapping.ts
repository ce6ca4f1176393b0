import type { RecordMapping } from '@phone82/persistence';
import { type Order, unformedStates } from '../domain/order.ts';

/** How an order lies in the table `orders`. */
export const orderMapping: RecordMapping<Order> = {
  table: 'orders',
  columns: [
    'item',
    'qty',
    'price',
    'customer_id',
    'status',
    'store',
    'point',
    'placed_at',
    'settle_at',
    'cause',
    'reference',
    'request_key',
  ],
  toRow: (order) => ({
    item: order.item,
    qty: order.qty,
    price: order.price,
    customer_id: order.customerId,
    status: order.status,
    store: order.store,
    point: order.point,
    placed_at: order.placedAt,
    settle_at: order.settleAt,
    cause: order.cause,
    reference: order.reference,
    request_key: order.requestKey,
  }),
  fromRow: (row) =>
    ({
      id: row.id,
      version: row.version,
      item: row.item,
      qty: row.qty,
      price: row.price,
      customerId: row.customer_id,
      status: row.status,
      store: row.store,
      point: row.point,
      placedAt: row.placed_at,
      settleAt: row.settle_at,
      cause: row.cause,
      reference: row.reference,
      requestKey: row.request_key,
    }) as Order,
  sortable: { id: 'id', item: 'item', qty: 'qty', price: 'price', status: 'status' },
  unlisted: { column: 'status', values: unformedStates },
};
