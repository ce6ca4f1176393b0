import { WATCHED_EVERY_MS } from '../domain/decide-payment.ts';
import type { Payment } from '../domain/payment.ts';
import { changePayment, withPayment } from './change-payment.ts';
import type { PayPorts, StepOutcome } from './ports.ts';
import type { PspLookUp } from './psp-port.ts';
import { recordCharge } from './record-charge.ts';

type Ports = Pick<PayPorts, 'psp' | 'payments' | 'environment'>;

/** A customer who ordered is not charged later than this for an order that still hangs. */
const SENT_AGAIN_WITHIN_MS = 10 * 60 * 1_000;
/** A PSP may work on a charge for 60 s after its caller stopped waiting. */
const PSP_DECIDES_WITHIN_MS = 65_000;
/** Tries that an order is worth when the PSP answers a charge with an error and its books stay empty. */
const ENOUGH_ERRORS = 4;

/**
 * Asks the PSP what became of a charge that was never answered. "Absent" is not "never charged", for the charge may be on
 * its way: it is sent again under the same key, which the PSP acts on once. Where it is not to be sent any more, the
 * payment ends, and is watched for as long as a charge can be on its way: what is taken that late goes back.
 */
export async function findOutCharge(ports: Ports, payment: Payment): Promise<StepOutcome> {
  const seen = await ports.psp.lookUp(orderOf(payment));
  if (seen.kind !== 'absent') return recordSeen(ports, payment, seen);
  if (hasEnded(payment)) return watch(ports, payment);
  const isLate = ports.environment.now() - payment.requestedAt > SENT_AGAIN_WITHIN_MS;
  if (payment.state === 'VoidRequested' || isLate) return giveUp(ports, payment, 'NEVER_CHARGED');
  return sendAgain(ports, payment);
}

async function sendAgain(ports: Ports, payment: Payment): Promise<StepOutcome> {
  const answer = await ports.psp.charge(orderOf(payment));
  // An earlier try may still be on its way, so this says nothing about the payment.
  if (answer.kind === 'notTaken') return { kind: 'retry', afterMs: answer.retryAfterMs };
  await recordCharge(ports, payment.id, answer);
  if (answer.kind !== 'lost') return { kind: 'done' };
  if (answer.code === null || payment.attempts < ENOUGH_ERRORS) return { kind: 'retry', afterMs: 0 };
  // The PSP repeats the answer it once gave to a key: this one will not change any more.
  const seen = await ports.psp.lookUp(orderOf(payment));
  return seen.kind === 'absent' ? giveUp(ports, payment, answer.code) : recordSeen(ports, payment, seen);
}

async function recordSeen(
  ports: Ports,
  payment: Payment,
  seen: Exclude<PspLookUp, { kind: 'absent' }>,
): Promise<StepOutcome> {
  if (seen.kind === 'unanswered') return { kind: 'retry', afterMs: seen.retryAfterMs };
  // Somebody gave the money back at the PSP itself: none is taken, so no order may form.
  const found = seen.kind === 'cancelled' ? { kind: 'declined' as const, code: 'CANCELLED_AT_PSP' } : seen;
  await recordCharge(ports, payment.id, found);
  return hasEnded(payment) && found.kind === 'declined' ? stopWatching(ports, payment) : { kind: 'done' };
}

async function giveUp(ports: Ports, payment: Payment, declineCode: string): Promise<StepOutcome> {
  await changePayment(ports, payment.id, 'giveUp', { declineCode });
  return { kind: 'done' };
}

/** Nothing of a payment that ended is ever sent again. */
async function watch(ports: Ports, payment: Payment): Promise<StepOutcome> {
  const givenUpAt = payment.givenUpAt ?? Number.NEGATIVE_INFINITY;
  const isOver = ports.environment.now() - givenUpAt >= PSP_DECIDES_WITHIN_MS;
  return isOver ? stopWatching(ports, payment) : { kind: 'retry', afterMs: WATCHED_EVERY_MS };
}

async function stopWatching(ports: Ports, { id, state }: Payment): Promise<StepOutcome> {
  await withPayment(ports, id, (payment, transaction) => {
    if (payment.state === state) transaction.put({ ...payment, dueAt: null });
  });
  return { kind: 'done' };
}

const hasEnded = ({ state }: Payment) => state === 'Declined' || state === 'Voided';

const orderOf = ({ id, price }: Payment) => ({ orderId: id, amount: price });
