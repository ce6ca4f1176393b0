import { backoffMs } from '@phone82/resilience';
import type { JobOptions } from '@phone82/runtime';
import { withCause } from '@phone82/telemetry';
import type { Payment } from '../domain/payment.ts';
import { findLostPayment } from './find-lost-payment.ts';
import { findOutCharge } from './find-out-charge.ts';
import type { PayPorts } from './ports.ts';
import { refundPayment } from './refund-payment.ts';

const BATCH = 128;
/**
 * Longer than one try takes: marketing's answer, a look-up and a call to the PSP, with the usual time-outs. A process that
 * dies in it costs this much, within the 30 s that everything has.
 */
const TRY_TAKES_AT_MOST_MS = 15_000;

/** Works on what is pending until it is done: unknown charges are found out, cancelled payments given back. */
export function settleDuePayments(ports: PayPorts): JobOptions {
  const settle = async (due: Payment) => {
    const claimed = await claim(ports, due);
    if (!claimed) return;
    const outcome = await stepOf(claimed.state)(ports, claimed);
    if (outcome.kind === 'retry') await tryAgainLater(ports, claimed, outcome.afterMs);
  };
  return {
    name: 'settle-due-payments',
    everyMs: 200,
    run: async () => {
      const due = await ports.due.dueBefore(ports.environment.now(), BATCH);
      await Promise.all(due.map((payment) => withCause(payment.cause, () => settle(payment))));
      return due.length === BATCH ? 'more' : 'done';
    },
  };
}

function stepOf(state: Payment['state']) {
  if (state === 'CancelPending') return refundPayment;
  return state === 'CancelUnmatched' ? findLostPayment : findOutCharge;
}

/** Moves the next try out of reach of other copies of pay, unless one of them was first. */
function claim({ payments, environment }: PayPorts, due: Payment): Promise<Payment | undefined> {
  return payments.run(async (transaction) => {
    const payment = await transaction.get(due.id);
    if (!payment || payment.version !== due.version) return undefined;
    const claimed = {
      ...payment,
      attempts: payment.attempts + 1,
      dueAt: environment.now() + TRY_TAKES_AT_MOST_MS,
    };
    transaction.put(claimed);
    return claimed;
  });
}

function tryAgainLater(
  { payments, environment }: PayPorts,
  claimed: Payment,
  afterMs: number,
): Promise<void> {
  return payments.run(async (transaction) => {
    const payment = await transaction.get(claimed.id);
    if (payment?.state !== claimed.state) return;
    const pause = Math.max(afterMs, backoffMs(payment.attempts, {}, environment.random));
    transaction.put({ ...payment, dueAt: environment.now() + pause });
  });
}
