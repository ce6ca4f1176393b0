import type { OrderStatus } from '@phone82/contracts';

/**
 * `PaymentReturned`: its payment was heard to be cancelled before it was heard to be made.
 * `PendingShipped`: a parcel was heard to have left before the payment was heard to be made.
 */
export type OrderState = OrderStatus | 'PaymentReturned' | 'PendingShipped';

/** An order, from the moment its payment is asked for. */
export interface Order {
  readonly id: number;
  readonly version: number;
  readonly item: string;
  readonly qty: number;
  /** Unit price × quantity in won, from the catalogue. */
  readonly price: number;
  readonly customerId: string;
  readonly status: OrderState;
  readonly store: string | null;
  /** null until mileage is granted, 0 once it is cancelled. */
  readonly point: number | null;
  readonly placedAt: number;
  /** When the outcome of a pending payment is asked for next; null once it is known. */
  readonly settleAt: number | null;
  /** The request that it goes back to, for when its payment is asked for later. */
  readonly cause: string | null;
  /** Random; its payment carries the same. Null for orders of before references, whose payments have none either. */
  readonly reference: string | null;
  /** The client's Idempotency-Key, so that a repeated request finds its order again. */
  readonly requestKey: string | null;
}

/** Orders in these states never formed: they are readable by id, but nobody is told of them. */
export const unformedStates: readonly OrderState[] = [
  'Pending',
  'PendingShipped',
  'PaymentFailed',
  'PaymentReturned',
];

/** The outcome of its payment is still to be found out. */
export const isPending = ({ status }: Pick<Order, 'status'>): boolean =>
  status === 'Pending' || status === 'PendingShipped';

export const hasFormed = ({ status }: Pick<Order, 'status'>): boolean => !unformedStates.includes(status);

/** The order's status in the wire's words. */
export function statusOf({ status }: Pick<Order, 'status'>): OrderStatus {
  if (status === 'PaymentReturned') return 'PaymentFailed';
  return status === 'PendingShipped' ? 'Pending' : status;
}
