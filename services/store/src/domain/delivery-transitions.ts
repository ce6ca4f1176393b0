import { defineTransitions } from '@phone82/state-machine';
import type { DeliveryState } from './delivery.ts';

/**
 * noteOrder: Ordered arrived · notePayment: PayCompleted arrived · ship: it leaves · noteShipped: Shipped arrived, of another
 * implementation or of an earlier life · cancel: OrderCancelled or PayCancelled arrived
 */
export type DeliveryCommand = 'noteOrder' | 'notePayment' | 'ship' | 'noteShipped' | 'cancel';

const notShippable = { refuse: 'delivery-not-shippable' } as const;

export const deliveryTransitions = defineTransitions<DeliveryState, DeliveryCommand>(
  {
    Absent: {
      noteOrder: { to: 'AwaitingPayment' },
      notePayment: { to: 'AwaitingOrder' },
      ship: notShippable,
      noteShipped: { to: 'Shipped' },
      // The cancel overtook the order: what comes later finds it cancelled.
      cancel: { to: 'Cancelled' },
    },
    AwaitingPayment: {
      noteOrder: 'stay',
      notePayment: { to: 'Payed' },
      ship: notShippable,
      noteShipped: { to: 'Shipped' },
      cancel: { to: 'Cancelled' },
    },
    AwaitingOrder: {
      noteOrder: { to: 'Payed' },
      notePayment: 'stay',
      ship: notShippable,
      noteShipped: { to: 'Shipped' },
      cancel: { to: 'Cancelled' },
    },
    Payed: {
      noteOrder: 'stay',
      notePayment: 'stay',
      ship: { to: 'Shipped', emits: ['Shipped'] },
      noteShipped: { to: 'Shipped' },
      cancel: { to: 'Cancelled' },
    },
    Shipped: {
      noteOrder: 'stay',
      notePayment: 'stay',
      ship: 'stay',
      noteShipped: 'stay',
      cancel: { to: 'ReturnRequested' },
    },
    Cancelled: {
      noteOrder: 'stay',
      notePayment: 'stay',
      ship: notShippable,
      // A Java store ships cancelled orders too: the parcel is to come back.
      noteShipped: { to: 'ReturnRequested' },
      cancel: 'stay',
    },
    ReturnRequested: {
      noteOrder: 'stay',
      notePayment: 'stay',
      ship: notShippable,
      noteShipped: 'stay',
      cancel: 'stay',
    },
  },
  { initial: 'Absent', final: ['ReturnRequested'] },
);
