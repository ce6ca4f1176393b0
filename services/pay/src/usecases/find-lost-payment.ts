import { movesMoney, type Payment } from '../domain/payment.ts';
import type { PayPorts, StepOutcome } from './ports.ts';
import { recordCharge } from './record-charge.ts';

/** A cancel may overtake its own payment: until then nobody is told. */
const OVERTAKES_AT_MOST_MS = 60_000;
const SOON_MS = 15_000;
/** Until a person has acted there is nothing to be won by haste. */
const STUCK_RETRY_MS = 10 * 60 * 1_000;

/**
 * A formed order was cancelled, and its payment is not here: pay may have lost it, by a restored backup. If the PSP has it, the money goes
 * back by the ordinary way. If not, it stays in its state, where people see it, for as long as nobody has ended it by a void.
 */
export async function findLostPayment(
  ports: Pick<PayPorts, 'psp' | 'payments' | 'environment' | 'alerts'>,
  payment: Payment,
): Promise<StepOutcome> {
  const { id: orderId, price: amount } = payment;
  // The PSP's payment is believed only if its amount is that of the order.
  const seen = movesMoney(payment) ? await ports.psp.lookUp({ orderId, amount }) : undefined;
  if (seen?.kind === 'charged') {
    await recordCharge(ports, orderId, seen);
    return { kind: 'done' };
  }
  if (ports.environment.now() - payment.requestedAt < OVERTAKES_AT_MOST_MS)
    return { kind: 'retry', afterMs: SOON_MS };
  ports.alerts.cancelUnmatched(orderId);
  return { kind: 'retry', afterMs: STUCK_RETRY_MS };
}
