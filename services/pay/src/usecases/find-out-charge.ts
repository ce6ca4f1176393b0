import { CHARGE_SETTLES_WITHIN_MS } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { changePayment } from './change-payment.ts';
import type { PayPorts, PspCharge, StepOutcome } from './ports.ts';
import { recordCharge } from './request-payment.ts';

/**
 * Asks the PSP what became of a charge that was never answered. One it never saw is sent again with the
 * same key; or, when the order was given up meanwhile, is dropped once it can no longer be on its way.
 */
export async function findOutCharge(
  ports: Pick<PayPorts, 'psp' | 'payments' | 'environment'>,
  payment: Payment,
): Promise<StepOutcome> {
  const seen = await ports.psp.lookUp(payment.id);
  if (seen.kind !== 'absent') return record(ports, payment, seen);
  if (payment.state !== 'VoidRequested') {
    return record(ports, payment, await ports.psp.charge({ orderId: payment.id, amount: payment.price }));
  }
  if (ports.environment.now() - payment.requestedAt < CHARGE_SETTLES_WITHIN_MS)
    return { kind: 'retry', afterMs: CHARGE_SETTLES_WITHIN_MS };
  await changePayment(ports, payment.id, 'declined', 'NEVER_CHARGED');
  return { kind: 'done' };
}

async function record(
  ports: Pick<PayPorts, 'payments' | 'environment'>,
  payment: Payment,
  answer: PspCharge,
): Promise<StepOutcome> {
  await recordCharge(ports, payment.id, answer);
  return answer.kind === 'lost' ? { kind: 'retry', afterMs: 0 } : { kind: 'done' };
}
