import type { Database } from '@phone82/persistence';
import type { Balances } from '../usecases/ports.ts';

/** A customer's balance, summed from the ledger. */
export function createBalances({ kysely }: Database): Balances {
  return {
    of: async (customerId) => {
      const row = await kysely
        .selectFrom('mileage_entries')
        .innerJoin('mileages', 'mileages.id', 'mileage_entries.order_id')
        .where('mileages.customer_id', '=', customerId)
        .select(({ fn }) => fn.sum<number | null>('mileage_entries.amount').as('balance'))
        .executeTakeFirst();
      return Number(row?.balance ?? 0);
    },
  };
}
