import { defineTransitions } from '@phone82/state-machine';
import type { DeliveryState } from './delivery.ts';

/** noteOrder: Ordered arrived · notePayment: PayCompleted arrived · ship: it leaves · cancel: OrderCancelled or PayCancelled arrived */
export type DeliveryCommand = 'noteOrder' | 'notePayment' | 'ship' | 'cancel';

const notShippable = { refuse: 'delivery-not-shippable' } as const;

export const deliveryTransitions = defineTransitions<DeliveryState, DeliveryCommand>(
  {
    Absent: {
      noteOrder: { to: 'AwaitingPayment' },
      notePayment: { to: 'AwaitingOrder' },
      ship: notShippable,
      // The cancel overtook the order: what comes later finds it cancelled.
      cancel: { to: 'Cancelled' },
    },
    AwaitingPayment: {
      noteOrder: 'stay',
      notePayment: { to: 'Payed' },
      ship: notShippable,
      cancel: { to: 'Cancelled' },
    },
    AwaitingOrder: {
      noteOrder: { to: 'Payed' },
      notePayment: 'stay',
      ship: notShippable,
      cancel: { to: 'Cancelled' },
    },
    Payed: {
      noteOrder: 'stay',
      notePayment: 'stay',
      ship: { to: 'Shipped', emits: ['Shipped'] },
      cancel: { to: 'Cancelled' },
    },
    Shipped: { noteOrder: 'stay', notePayment: 'stay', ship: 'stay', cancel: { to: 'ReturnRequested' } },
    Cancelled: { noteOrder: 'stay', notePayment: 'stay', ship: notShippable, cancel: 'stay' },
    ReturnRequested: { noteOrder: 'stay', notePayment: 'stay', ship: notShippable, cancel: 'stay' },
  },
  { initial: 'Absent', final: ['Cancelled', 'ReturnRequested'] },
);
