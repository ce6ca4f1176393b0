/** What became of an order's charge. Times are the PSP's own, in milliseconds since 1970. */
export type ChargeFound =
  | { readonly kind: 'charged'; readonly paymentKey: string; readonly chargedAt: number }
  /** Definite: no money of this order is taken. */
  | { readonly kind: 'declined'; readonly code: string };

/** What the PSP said to a charge. */
export type PspCharge =
  | ChargeFound
  /** Certain: this call took nothing, for it was not sent, or was turned away before it was looked at. */
  | { readonly kind: 'notTaken'; readonly code: string; readonly retryAfterMs: number }
  /** The money may have been taken. `code`: the PSP answered, with an error that does not say which; null: no answer came. */
  | { readonly kind: 'lost'; readonly code: string | null };

export type PspLookUp =
  | ChargeFound
  /** It was charged, and all of it was given back. */
  | { readonly kind: 'cancelled'; readonly refundedAt: number }
  /** The PSP knows no charge of this order; one may still be on its way. */
  | { readonly kind: 'absent' }
  /** No answer, or a charge that the PSP itself has not decided yet. */
  | { readonly kind: 'unanswered'; readonly retryAfterMs: number };

export type PspRefund =
  /** All of the money is back, by this call or before. */
  | { readonly kind: 'refunded'; readonly refundedAt: number }
  /** The PSP will not: a person has to act there. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The PSP tried, and could not: another round may do it. */
  | { readonly kind: 'failed'; readonly code: string }
  /** No answer, or not now: the same again. */
  | { readonly kind: 'retry'; readonly afterMs: number };

/** One movement of money in the PSP's books. */
export interface PspTransaction {
  /** The order number as the PSP knows it. */
  readonly pspOrderId: string;
  /** Ours; null if it is none of ours, by its form. */
  readonly orderId: number | null;
  readonly kind: 'charge' | 'refund';
  /** Won, positive for both. */
  readonly amount: number;
  readonly at: number;
}

export interface RefundRequest {
  readonly orderId: number;
  readonly amount: number;
  /** Null where it was never learned: the PSP is asked for it. */
  readonly paymentKey: string | null;
  /** 0 at first; grows only when the PSP has answered that it refuses or failed. Tries of one round share a key. */
  readonly round: number;
}

/**
 * The payment service provider. A call that moves money carries a key made of the order's id and the operation, so
 * the same call twice acts once. None of these throws, save `transactions`.
 */
export interface Psp {
  charge(order: { readonly orderId: number; readonly amount: number }): Promise<PspCharge>;
  lookUp(order: { readonly orderId: number; readonly amount: number }): Promise<PspLookUp>;
  /** Gives back all that is left of an order's money. */
  refund(order: RefundRequest): Promise<PspRefund>;
  /**
   * The movements of money with `from` ≤ time < `to`, the oldest first, page by page. Those of other systems of the same
   * merchant are left out.
   * @throws PspUnavailable if a page can't be had, soon or before `signal` is aborted.
   */
  transactions(
    period: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): AsyncIterable<readonly PspTransaction[]>;
}

/** The PSP's books can't be read now. */
export class PspUnavailable extends Error {
  override readonly name = 'PspUnavailable';
}
