import type { Payment } from '../domain/payment.ts';
import { type HintedStatus, isWorthALookUp } from '../domain/psp-hint.ts';
import { createHintBudget } from './hint-budget.ts';
import type { PayPorts } from './ports.ts';
import type { RecentIds } from './recent-ids.ts';

export interface PspHint {
  /** The PSP's name for this piece of news, the same when it is sent again. */
  readonly transmissionId: string | null;
  readonly orderId: number;
  readonly status: HintedStatus;
}

export type HintOutcome = 'lookUp' | 'noPayment' | 'nothingNew' | 'repeated' | 'tooMany';

const LOOK_UPS_PER_SECOND = 20;
const LOOK_UPS_AT_ONCE = 100;

/**
 * Takes news of the PSP for what it is, a hint that anybody may have sent: what it says is never believed, but it may
 * bring the payment's own look-up forward. Too many of them are passed over, for the look-up comes by itself, later.
 */
export function heedPspHint(
  { payments, reader, environment }: Pick<PayPorts, 'payments' | 'reader' | 'environment'>,
  /** Whose charge was recorded a moment ago: that the PSP has it too is no news, and the database is not asked. */
  charged: Pick<RecentIds, 'has'>,
) {
  const budget = createHintBudget(LOOK_UPS_PER_SECOND, LOOK_UPS_AT_ONCE, environment.now);
  const isDueLater = ({ dueAt }: Payment) => dueAt === null || dueAt > environment.now();

  return async ({ transmissionId, orderId, status }: PspHint): Promise<HintOutcome> => {
    if (status === 'charged' && charged.has(orderId)) return 'nothingNew';
    const known = await reader.find(orderId);
    if (!known || known.isForeign) return 'noPayment';
    if (!isWorthALookUp(known, status) || !isDueLater(known)) return 'nothingNew';
    if (!budget.spend()) return 'tooMany';
    return payments.run(async (transaction) => {
      if (transmissionId !== null) {
        const fresh = await transaction.claimMessages([`toss:${transmissionId}`]);
        if (fresh.size === 0) return 'repeated';
      }
      const payment = await transaction.get(orderId);
      if (!payment || !isWorthALookUp(payment, status)) return 'nothingNew';
      transaction.put({ ...payment, dueAt: environment.now() });
      return 'lookUp';
    });
  };
}
