import type { StoreManageProcess } from '@phone82/contracts';

/**
 * An order reaches the shop by two events in either order: Ordered tells what to send, PayCompleted that
 * it is paid. `AwaitingPayment` and `AwaitingOrder` hold the first of them; only both make it `Payed`.
 */
export type DeliveryState =
  | 'Absent'
  | 'AwaitingPayment'
  | 'AwaitingOrder'
  | 'Payed'
  | 'Shipped'
  | 'Cancelled'
  | 'ReturnRequested';

export interface Delivery {
  readonly id: number;
  readonly version: number;
  readonly customerId: string;
  /** The agency that ships it. */
  readonly agency: string;
  readonly state: DeliveryState;
  readonly item: string | null;
  readonly qty: number | null;
  readonly address: string | null;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  /** When it is to be shipped by itself; null in manual mode and once it left. */
  readonly shipAt: number | null;
  /** The request or message that it goes back to, for what a job does about it later. */
  readonly cause: string | null;
}

const wireProcess: Record<DeliveryState, StoreManageProcess> = {
  Absent: 'Ordered',
  AwaitingPayment: 'Ordered',
  AwaitingOrder: 'Payed',
  Payed: 'Payed',
  Shipped: 'Shipped',
  Cancelled: 'Cancelled',
  ReturnRequested: 'ReturnRequested',
};

/** The state in the words of the wire. */
export const processOf = (delivery: Delivery): StoreManageProcess => wireProcess[delivery.state];

/** Orders name no agency yet. */
const ONLY_AGENCY = 'main';

export const noDelivery = (orderId: number, customerId: string): Delivery => ({
  id: orderId,
  version: 0,
  customerId,
  agency: ONLY_AGENCY,
  state: 'Absent',
  item: null,
  qty: null,
  address: null,
  carrier: null,
  trackingNumber: null,
  shipAt: null,
  cause: null,
});
