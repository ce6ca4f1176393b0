import type { PaymentProcess } from '@phone82/contracts';
import type { PaymentRules } from './match-payment.ts';
import { hasFormed, isPending, type Order } from './order.ts';

/** pay's record of one order's payment. */
export interface PaymentRecord {
  readonly orderId: number;
  readonly price: number;
  readonly reference: string | null;
  readonly process: PaymentProcess;
  /** It was made by another pay, which keeps no reference and may have been told no price. */
  readonly foreign?: boolean;
  /** When something last happened to it, milliseconds since 1970. */
  readonly changedAt: number;
}

/** How app's record of an order and pay's of its payment can disagree. */
export const orderDifferenceKinds = [
  'orderWithoutPayment',
  'paymentWithoutOrder',
  'pricesDiffer',
  'referencesDiffer',
  'cancelledButCharged',
  'cancelledWithoutPayment',
  'refundNotNoted',
] as const;
export type OrderDifferenceKind = (typeof orderDifferenceKinds)[number];

const undecided: ReadonlySet<PaymentProcess> = new Set(['Requested', 'Unknown', 'CancelPending']);
const neverCharged: ReadonlySet<PaymentProcess> = new Set(['Declined', 'Voided']);

/**
 * How the two disagree, undefined where they agree; `moving`: something happened at `asOf` or later, or one of them is still to be decided.
 * What was never charged needs no order, and an order that never formed needs no payment.
 */
export function findOrderDifference(
  order: Order | undefined,
  payment: PaymentRecord | undefined,
  asOf: number,
  { withoutReferences }: PaymentRules = { withoutReferences: false },
): OrderDifferenceKind | 'moving' | undefined {
  const isRecent = Math.max(order?.placedAt ?? 0, payment?.changedAt ?? 0) >= asOf;
  if (isRecent || (order && isPending(order)) || (payment && undecided.has(payment.process))) return 'moving';
  if (!order || !hasFormed(order))
    return payment?.process === 'Payed' && payment.price > 0 ? 'paymentWithoutOrder' : undefined;
  if (!payment || neverCharged.has(payment.process)) return withoutPayment(order);
  const isExempt = payment.reference === null && (withoutReferences || payment.foreign === true);
  if (payment.reference !== order.reference && !isExempt) return 'referencesDiffer';
  if (payment.price !== order.price && !payment.foreign) return 'pricesDiffer';
  if (payment.process === 'PayCancelled')
    return order.status === 'PayCancelled' ? undefined : 'refundNotNoted';
  return isCancelled(order) ? 'cancelledButCharged' : undefined;
}

const isCancelled = ({ status }: Order): boolean => status === 'OrderCancelled' || status === 'PayCancelled';

/** An order whose refund was noted had a payment once, even if pay has lost it since. */
const withoutPayment = (order: Order): OrderDifferenceKind =>
  isCancelled(order) ? 'cancelledWithoutPayment' : 'orderWithoutPayment';
