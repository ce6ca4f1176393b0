import type { Database } from '@phone82/persistence';
import type { Order } from '../domain/order.ts';
import type { OrderBooks } from '../usecases/reconciliation-ports.ts';
import { orderMapping } from './order-mapping.ts';

type Row = Readonly<Record<string, unknown>>;
const columns = ['id', 'version', ...orderMapping.columns];
const toOrders = (rows: readonly unknown[]): Order[] =>
  rows.map((row) => orderMapping.fromRow(row as Row, []));

/** Reads orders in pages, also those that never formed. */
export function createOrderBooks({ kysely }: Database): OrderBooks {
  return {
    ofPeriod: async ({ from, to }, after, limit) => {
      const query = kysely
        .selectFrom('orders')
        .select(columns)
        .where('id', '>', after)
        .where((row) => row.between('placed_at', from, to - 1))
        .orderBy('id')
        .limit(limit);
      return toOrders(await query.execute());
    },
    of: async (ids) => {
      if (ids.length === 0) return [];
      const query = kysely
        .selectFrom('orders')
        .select(columns)
        .where('id', 'in', [...ids]);
      return toOrders(await query.execute());
    },
  };
}
