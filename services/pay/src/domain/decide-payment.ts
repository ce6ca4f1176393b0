import type { EventBody } from '@phone82/contracts';
import { type Payment, processOf } from './payment.ts';
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
  declineCode: string | null = null,
): PaymentDecision | undefined {
  const transition = paymentTransitions[payment.state][command];
  if (typeof transition === 'string' || 'refuse' in transition) return undefined;
  const next: Payment = {
    ...payment,
    state: transition.to,
    declineCode: declineCode ?? payment.declineCode,
    attempts: 0,
    dueAt: pendingStates.has(transition.to) ? now : null,
  };
  return { payment: next, events: (transition.emits ?? []).map((type) => paymentEvent(type, next)) };
}

function paymentEvent(eventType: string, payment: Payment): EventBody {
  const { id, price, customerId } = payment;
  return { eventType, id, orderId: id, price, process: processOf(payment), customerId } as EventBody;
}

/** A cancel that came before any charge: the tombstone that a late charge meets. */
export function voidedPayment(orderId: number, customerId: string, now: number): Payment {
  return { ...newPayment({ orderId, price: 0, customerId }, now), state: 'Voided', dueAt: null };
}

export function newPayment(
  request: { orderId: number; price: number; customerId: string },
  now: number,
): Payment {
  return {
    id: request.orderId,
    version: 0,
    price: request.price,
    customerId: request.customerId,
    state: 'Requested',
    declineCode: null,
    attempts: 0,
    dueAt: now + CHARGE_SETTLES_WITHIN_MS,
    requestedAt: now,
  };
}

/** A charge under way is left alone this long before anyone asks the PSP what became of it. */
export const CHARGE_SETTLES_WITHIN_MS = 2_000;
