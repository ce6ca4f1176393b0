import type { Payment, PaymentState } from './payment.ts';

/** What the PSP's news says became of a payment. */
export type HintedStatus = 'charged' | 'cancelled' | 'other';

/**
 * Which news of the PSP may contradict what is known, or decide what is not. A charge that was just requested is left
 * to its own call, which ends sooner or is asked about anyway; what has ended and agrees costs no call.
 */
const worthALookUp: Readonly<Record<PaymentState, readonly HintedStatus[]>> = {
  Requested: [],
  Unknown: ['charged', 'cancelled', 'other'],
  VoidRequested: ['charged', 'cancelled', 'other'],
  Payed: [],
  Declined: ['charged'],
  CancelPending: ['cancelled'],
  PayCancelled: [],
  CancelUnmatched: ['charged'],
  Voided: ['charged'],
};

/** A refund that the PSP did not refuse is under way, and the news is most likely of its own success. */
export const isWorthALookUp = (
  { state, refundRefusedCode }: Pick<Payment, 'state' | 'refundRefusedCode'>,
  status: HintedStatus,
): boolean =>
  worthALookUp[state].includes(status) && (state !== 'CancelPending' || refundRefusedCode !== null);
