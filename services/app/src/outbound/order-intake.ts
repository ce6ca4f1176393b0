import type { Database } from '@phone82/persistence';
import type { Order } from '../domain/order.ts';
import type { OrderIntake } from '../usecases/ports.ts';
import { orderMapping } from './order-mapping.ts';

/** Numbers orders by the table's own sequence, in one statement. */
export function createOrderIntake({ kysely }: Database): OrderIntake {
  const byRequestKey = async (key: string): Promise<Order> => {
    const row = await kysely
      .selectFrom('orders')
      .selectAll()
      .where('request_key', '=', key)
      .executeTakeFirstOrThrow();
    return orderMapping.fromRow(row, []);
  };
  return {
    begin: async (draft) => {
      const row = orderMapping.toRow({ ...draft, id: 0, version: 1 });
      const inserted = await kysely
        .insertInto('orders')
        .values({ ...row, version: 1 })
        .onConflict((conflict) => conflict.column('request_key').doNothing())
        .returning('id')
        .executeTakeFirst();
      return inserted
        ? { ...draft, id: Number(inserted.id), version: 1 }
        : byRequestKey(draft.requestKey ?? '');
    },
  };
}
