import type { RecordMapping } from '@phone82/persistence';
import type { Delivery } from '../domain/delivery.ts';

/** How a delivery lies in the table `deliveries`. */
export const deliveryMapping: RecordMapping<Delivery> = {
  table: 'deliveries',
  columns: [
    'customer_id',
    'agency',
    'state',
    'item',
    'qty',
    'address',
    'carrier',
    'tracking_number',
    'ship_at',
    'cause',
  ],
  toRow: (delivery) => ({
    customer_id: delivery.customerId,
    agency: delivery.agency,
    state: delivery.state,
    item: delivery.item,
    qty: delivery.qty,
    address: delivery.address,
    carrier: delivery.carrier,
    tracking_number: delivery.trackingNumber,
    ship_at: delivery.shipAt,
    cause: delivery.cause,
  }),
  fromRow: (row) =>
    ({
      id: row.id,
      version: row.version,
      customerId: row.customer_id,
      agency: row.agency,
      state: row.state,
      item: row.item,
      qty: row.qty,
      address: row.address,
      carrier: row.carrier,
      trackingNumber: row.tracking_number,
      shipAt: row.ship_at,
      cause: row.cause,
    }) as Delivery,
  owners: { customer: 'customer_id', agency: 'agency' },
  sortable: { id: 'id', orderId: 'id', item: 'item', process: 'state' },
};
