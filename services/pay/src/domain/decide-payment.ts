import type { EventBody } from '@phone82/contracts';
import { type Payment, type PspFacts, processOf } from './payment.ts';
import { type PaymentCommand, paymentTransitions, pendingStates } from './payment-transitions.ts';

export interface PaymentDecision {
  readonly payment: Payment;
  readonly events: readonly EventBody[];
}

/** What a command makes of a payment, by the transition table; undefined when it changes nothing. */
export function decidePayment(
  payment: Payment,
  command: PaymentCommand,
  now: number,
  facts: PspFacts = {},
): PaymentDecision | undefined {
  const transition = paymentTransitions[payment.state][command];
  if (typeof transition === 'string' || 'refuse' in transition) return undefined;
  const next: Payment = {
    ...payment,
    ...facts,
    state: transition.to,
    attempts: 0,
    givenUpAt: command === 'giveUp' ? now : payment.givenUpAt,
    dueAt: dueAt(command, transition.to, now),
    pendingSince: pendingStates.has(transition.to) ? now : null,
  };
  return { payment: next, events: (transition.emits ?? []).map((type) => paymentEvent(type, next)) };
}

function dueAt(command: PaymentCommand, to: Payment['state'], now: number): number | null {
  if (command === 'giveUp') return now + WATCHED_EVERY_MS;
  return pendingStates.has(to) ? now : null;
}

function paymentEvent(eventType: string, payment: Payment): EventBody {
  const { id, price, reference, customerId } = payment;
  const process = processOf(payment);
  return { eventType, id, orderId: id, price, process, reference, customerId } as EventBody;
}

/** A cancel that came before any charge: the tombstone that a late charge meets. */
export function voidedPayment(orderId: number, customerId: string, now: number): Payment {
  return {
    ...newPayment({ orderId, price: 0, customerId, reference: null }, now, 0),
    state: 'Voided',
    dueAt: null,
    pendingSince: null,
  };
}

/** The cancel of a formed order whose payment is not here: the money may be at the PSP all the same. */
export function unmatchedCancel(request: PaymentRequest, now: number): Payment {
  return { ...newPayment(request, now, 0), state: 'CancelUnmatched' };
}

export interface PaymentRequest {
  readonly orderId: number;
  readonly price: number;
  readonly customerId: string;
  readonly reference: string | null;
}

/** A charge under way is left alone for so long (milliseconds) before anyone asks the PSP what became of it. */
export function newPayment(request: PaymentRequest, now: number, chargeTakesAtMostMs: number): Payment {
  return {
    id: request.orderId,
    version: 0,
    price: request.price,
    customerId: request.customerId,
    reference: request.reference,
    state: 'Requested',
    declineCode: null,
    paymentKey: null,
    chargedAt: null,
    refundedAt: null,
    givenUpAt: null,
    refundRound: 0,
    refundRefusedCode: null,
    attempts: 0,
    dueAt: now + chargeTakesAtMostMs,
    requestedAt: now,
    pendingSince: now,
    cause: null,
    isForeign: false,
  };
}

/** How often a payment that was given up is looked up again while a charge may still be on its way. */
export const WATCHED_EVERY_MS = 15_000;
