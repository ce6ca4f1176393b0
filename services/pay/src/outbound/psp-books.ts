import type { Database } from '@phone82/persistence';
import type { PspCharge } from '../usecases/ports.ts';

/** What the simulated PSP wrote down. An operation on an order is entered once, however often it comes. */
export interface PspBooks {
  /** False if a charge of this order was entered before. */
  enterCharge(orderId: number, amount: number, declineCode: string | null, at: number): Promise<boolean>;
  enterRefund(orderId: number, amount: number, at: number): Promise<void>;
  charge(orderId: number): Promise<PspCharge | { readonly kind: 'absent' }>;
}

export function createPspBooks({ kysely }: Database): PspBooks {
  const enter = async (line: Readonly<Record<string, unknown>>) => {
    const entered = await kysely
      .insertInto('psp_ledger')
      .values(line)
      .onConflict((conflict) => conflict.columns(['order_id', 'operation']).doNothing())
      .executeTakeFirst();
    return Number(entered.numInsertedOrUpdatedRows) > 0;
  };
  return {
    enterCharge: (order_id, amount, decline_code, at) =>
      enter({ order_id, operation: 'charge', amount, decline_code, at }),
    enterRefund: async (order_id, amount, at) => {
      await enter({ order_id, operation: 'refund', amount, decline_code: null, at });
    },
    charge: async (orderId) => {
      const line = await kysely
        .selectFrom('psp_ledger')
        .select('decline_code')
        .where('order_id', '=', orderId)
        .where('operation', '=', 'charge')
        .executeTakeFirst();
      if (!line) return { kind: 'absent' };
      return line.decline_code === null ? { kind: 'charged' } : { kind: 'declined', code: line.decline_code };
    },
  };
}
