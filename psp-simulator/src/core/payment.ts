import type { PspErrorCode } from './error-codes.ts';

/** Money given back, whole or in part. */
export interface Cancel {
  readonly transactionKey: string;
  /** Won. */
  readonly amount: number;
  readonly reason: string;
  /** Milliseconds since 1970, as all times here. */
  readonly at: number;
}

/** What the PSP knows of one payment. An order may have several, of which one at most was approved. */
export interface Payment {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly customerKey: string | null;
  readonly amount: number;
  readonly requestedAt: number;
  /** When the customer authenticated in the browser; null before that, and where a billing key pays. */
  readonly authenticatedAt: number | null;
  readonly approval: Approval | null;
  readonly failure: PspErrorCode | null;
  /** Oldest first. */
  readonly cancels: readonly Cancel[];
}

export interface Approval {
  readonly transactionKey: string;
  readonly at: number;
}

export type PaymentStatus =
  | 'READY'
  | 'IN_PROGRESS'
  | 'DONE'
  | 'CANCELED'
  | 'PARTIAL_CANCELED'
  | 'ABORTED'
  | 'EXPIRED';

const MINUTE_MS = 60_000;
const TO_AUTHENTICATE_MS = 30 * MINUTE_MS;
const TO_CONFIRM_MS = 10 * MINUTE_MS;

/** What can still be given back, in won. */
export const balanceOf = ({ amount, approval, cancels }: Payment): number =>
  approval ? cancels.reduce((left, cancel) => left - cancel.amount, amount) : 0;

export function statusOf(payment: Payment, now: number): PaymentStatus {
  const { approval, failure, cancels, authenticatedAt, requestedAt } = payment;
  if (failure) return 'ABORTED';
  if (approval && cancels.length === 0) return 'DONE';
  if (approval) return balanceOf(payment) === 0 ? 'CANCELED' : 'PARTIAL_CANCELED';
  if (authenticatedAt !== null) return now < authenticatedAt + TO_CONFIRM_MS ? 'IN_PROGRESS' : 'EXPIRED';
  return now < requestedAt + TO_AUTHENTICATE_MS ? 'READY' : 'EXPIRED';
}

/** The payment as it was when it had that many cancels. */
export const asOf = (payment: Payment, cancels: number): Payment => ({
  ...payment,
  cancels: payment.cancels.slice(0, cancels),
});
