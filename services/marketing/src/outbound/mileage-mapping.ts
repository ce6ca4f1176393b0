import type { RecordMapping } from '@phone82/persistence';
import type { Mileage, MileageEntry } from '../domain/mileage.ts';

/** How an order's mileage lies in `mileages`, and its ledger in `mileage_entries`. */
export const mileageMapping: RecordMapping<Mileage> = {
  table: 'mileages',
  columns: ['customer_id', 'state', 'process', 'due_at', 'cause'],
  toRow: ({ customerId, state, process, dueAt, cause }) => ({
    customer_id: customerId,
    state,
    process,
    due_at: dueAt,
    cause,
  }),
  fromRow: (row, entries) =>
    ({
      id: row.id,
      version: row.version,
      customerId: row.customer_id,
      state: row.state,
      process: row.process,
      dueAt: row.due_at,
      cause: row.cause,
      entries: entries as unknown as readonly MileageEntry[],
    }) as Mileage,
  sortable: { id: 'id', orderId: 'id', process: 'process' },
  filters: { customerId: 'customer_id' },
  owners: { customer: 'customer_id' },
  unlisted: { column: 'state', values: ['Due'] },
  entries: {
    table: 'mileage_entries',
    columns: ['amount', 'reason', 'at'],
    toRows: ({ entries }) => entries.map(({ amount, reason, at }) => ({ amount, reason, at })),
  },
};
