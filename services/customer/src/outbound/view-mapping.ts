import type { RecordMapping } from '@phone82/persistence';
import { isVisible, type OrderView, shownVersion } from '../domain/order-view.ts';

/** How the view lies in the table of one of its generations. */
export const viewMapping = (table: string): RecordMapping<OrderView> => ({
  table,
  columns: ['item', 'qty', 'price', 'customer_id', 'status', 'point', 'timeline', 'events', 'visible'],
  toRow: (view) => ({
    item: view.item,
    qty: view.qty,
    price: view.price,
    customer_id: view.customerId,
    status: view.status,
    point: view.point,
    timeline: JSON.stringify(view.timeline),
    events: shownVersion(view),
    visible: isVisible(view) ? 1 : 0,
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
      point: row.point,
      timeline: JSON.parse(row.timeline as string),
    }) as OrderView,
  sortable: {
    id: 'id',
    orderId: 'id',
    item: 'item',
    qty: 'qty',
    price: 'price',
    status: 'status',
    point: 'point',
  },
  filters: { customerId: 'customer_id' },
  owners: { customer: 'customer_id' },
  unlisted: { column: 'visible', values: [0] },
});
