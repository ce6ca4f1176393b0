import type { RecordMapping } from '@phone82/persistence';
import type { Payment } from '../domain/payment.ts';

/** How a payment lies in the table `payments`. */
export const paymentMapping: RecordMapping<Payment> = {
  table: 'payments',
  columns: ['price', 'customer_id', 'state', 'decline_code', 'attempts', 'due_at', 'requested_at'],
  toRow: (payment) => ({
    price: payment.price,
    customer_id: payment.customerId,
    state: payment.state,
    decline_code: payment.declineCode,
    attempts: payment.attempts,
    due_at: payment.dueAt,
    requested_at: payment.requestedAt,
  }),
  fromRow: (row) =>
    ({
      id: row.id,
      version: row.version,
      price: row.price,
      customerId: row.customer_id,
      state: row.state,
      declineCode: row.decline_code,
      attempts: row.attempts,
      dueAt: row.due_at,
      requestedAt: row.requested_at,
    }) as Payment,
  sortable: { id: 'id', orderId: 'id', price: 'price', process: 'state' },
};
