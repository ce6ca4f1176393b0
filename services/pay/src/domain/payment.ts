import type { PaymentProcess } from '@phone82/contracts';

/**
 * `VoidRequested`: a cancel came while the outcome of the charge is still unknown.
 * `CancelUnmatched`: a formed order was cancelled, and there is no payment that it was formed by.
 */
export type PaymentState = PaymentProcess | 'VoidRequested' | 'CancelUnmatched';

/** The payment of one order. */
export interface Payment {
  readonly id: number;
  readonly version: number;
  /** Won. */
  readonly price: number;
  readonly customerId: string;
  /** What app called it by; null if the request had none. */
  readonly reference: string | null;
  readonly state: PaymentState;
  readonly declineCode: string | null;
  /** The PSP's name for the charge; null until it is known. */
  readonly paymentKey: string | null;
  /** When the PSP took the money and gave it back, by the PSP's own clock, so that its books can be compared by day. */
  readonly chargedAt: number | null;
  readonly refundedAt: number | null;
  /** When the charge was given up for one that the PSP never saw: nothing was sent afterwards. */
  readonly givenUpAt: number | null;
  /** How often the PSP did not give the money back when asked, and the code where it refuses to. */
  readonly refundRound: number;
  readonly refundRefusedCode: string | null;
  /** Tries of what is pending: finding out a charge, or giving the money back. */
  readonly attempts: number;
  /** When the next try is due; null when nothing is pending. */
  readonly dueAt: number | null;
  readonly requestedAt: number;
  /** Since when it waits in its state for the next try; null when nothing is pending. */
  readonly pendingSince: number | null;
  /** The request or message that it goes back to, for what a job does about it later. */
  readonly cause: string | null;
  /** It was made elsewhere and imported: our PSP has never heard of it, and a person gives its money back. */
  readonly isForeign: boolean;
}

/** What an answer of the PSP adds to a payment. */
export type PspFacts = Partial<
  Pick<Payment, 'declineCode' | 'paymentKey' | 'chargedAt' | 'refundedAt' | 'refundRefusedCode'>
>;

/** Where payments without a price are accepted, such an order counts as paid, and the PSP never hears of it. */
export const movesMoney = (payment: Payment): boolean => payment.price > 0;

/** The state in the words of the wire. */
export function processOf({ state }: Pick<Payment, 'state'>): PaymentProcess {
  if (state === 'VoidRequested') return 'Unknown';
  return state === 'CancelUnmatched' ? 'Voided' : state;
}

/** When something last happened to it, as far as it is known. */
export const changedAt = ({ requestedAt, chargedAt, refundedAt }: Payment): number =>
  Math.max(requestedAt, chargedAt ?? 0, refundedAt ?? 0);

/** Why an imported payment is not given back by itself. */
export const FOREIGN_PAYMENT = 'FOREIGN_PAYMENT';
