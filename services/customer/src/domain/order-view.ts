import type { TimelineEntry } from '@phone82/contracts';

/** One order as its customer sees it, folded from the events of all services. */
export interface OrderView {
  readonly id: number;
  readonly version: number;
  readonly item: string | null;
  readonly qty: number | null;
  readonly price: number | null;
  readonly customerId: string;
  readonly status: ViewStatus | null;
  readonly point: number | null;
  /** Every event once, by the time it happened. */
  readonly timeline: readonly TimelineEntry[];
}

export type ViewStatus = 'Ordered' | 'Payed' | 'Shipped' | 'OrderCancelled' | 'PayCancelled';

export const emptyView = (orderId: number): OrderView => ({
  id: orderId,
  version: 0,
  item: null,
  qty: null,
  price: null,
  customerId: 'demo',
  status: null,
  point: null,
  timeline: [],
});

/** A payment that was voided before its order formed leaves events, but nothing a customer ordered. */
export const isVisible = (view: OrderView): boolean =>
  view.timeline.some(({ eventType }) => eventType === 'Ordered' || eventType === 'OrderCancelled');

/** The version that is shown: how many events the view holds. A rebuild comes to the same one, in fewer writes. */
export const shownVersion = (view: OrderView): number => view.timeline.length;
