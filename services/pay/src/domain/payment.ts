import type { PaymentProcess } from '@phone82/contracts';

/** `VoidRequested`: a cancel came while the outcome of the charge is still unknown. */
export type PaymentState = PaymentProcess | 'VoidRequested';

/** The payment of one order. */
export interface Payment {
  readonly id: number;
  readonly version: number;
  /** Won. */
  readonly price: number;
  readonly customerId: string;
  readonly state: PaymentState;
  readonly declineCode: string | null;
  /** Tries of what is pending: finding out a charge, or giving the money back. */
  readonly attempts: number;
  /** When the next try is due; null when nothing is pending. */
  readonly dueAt: number | null;
  readonly requestedAt: number;
}

/** The state in the words of the wire. */
export const processOf = (payment: Payment): PaymentProcess =>
  payment.state === 'VoidRequested' ? 'Unknown' : payment.state;
