import type { Order } from './order.ts';

/** A payment as an answer of pay or an event describes it. */
export interface PaymentSeen {
  readonly orderId?: number | null | undefined;
  readonly price?: number | null | undefined;
  /** Undefined where whoever describes it knows no references, as the Java pay. */
  readonly reference?: string | null | undefined;
}

export interface PaymentRules {
  /** Beside a pay that knows no references, order id and price have to do. */
  readonly withoutReferences: boolean;
}

/** `unknown`: it may be the order's own, for it says too little, or a payment of another order was read. */
export type PaymentMatch = 'own' | 'foreign' | 'unknown';

/**
 * Whose payment it is. An order counts as paid only by the payment that it asked for itself: with its id, its price and its reference.
 * Ids alone prove nothing: another app, a client, or this app before its database was restored may have used the same.
 */
export function matchPayment(order: Order, seen: PaymentSeen, rules: PaymentRules): PaymentMatch {
  const isSame = seen.orderId === order.id && seen.price === order.price;
  if (hasReference(seen, rules))
    return isSame && (seen.reference ?? null) === order.reference ? 'own' : 'foreign';
  return isSame && (rules.withoutReferences || order.reference === null) ? 'own' : 'unknown';
}

/** Whether news of a refund concerns the order's own payment. Its price is not compared: the Java pay sends 0. */
export function isRefundOf(order: Order, seen: PaymentSeen, rules: PaymentRules): boolean {
  if (hasReference(seen, rules)) return (seen.reference ?? null) === order.reference;
  return rules.withoutReferences || order.reference === null;
}

const hasReference = ({ reference }: PaymentSeen, { withoutReferences }: PaymentRules): boolean =>
  withoutReferences ? typeof reference === 'string' : reference !== undefined;
