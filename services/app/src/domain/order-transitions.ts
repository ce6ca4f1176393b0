import { defineTransitions } from '@phone82/state-machine';
import type { OrderState } from './order.ts';

/**
 * form: pay said yes to app's own call · notePayment: PayCompleted arrived · failPayment: nothing was charged
 * cancel: the customer's word · noteShipped: Shipped arrived · notePaymentCancelled: PayCancelled arrived
 */
export type OrderCommand =
  | 'form'
  | 'notePayment'
  | 'failPayment'
  | 'cancel'
  | 'noteShipped'
  | 'notePaymentCancelled';

const formed = {
  form: 'stay',
  failPayment: 'stay',
  cancel: { to: 'OrderCancelled', emits: ['OrderCancelled'] },
  notePaymentCancelled: { to: 'PayCancelled' },
} as const;

export const orderTransitions = defineTransitions<OrderState, OrderCommand>(
  {
    Pending: {
      form: { to: 'Ordered', emits: ['Ordered'] },
      // The event can overtake the answer to the call.
      notePayment: { to: 'Payed', emits: ['Ordered'] },
      // A parcel proves no payment: it may belong to another app's order with the same id.
      noteShipped: { to: 'PendingShipped' },
      failPayment: { to: 'PaymentFailed' },
      cancel: { refuse: 'order-pending' },
      notePaymentCancelled: { to: 'PaymentReturned' },
    },
    PendingShipped: {
      form: { to: 'Shipped', emits: ['Ordered'] },
      notePayment: { to: 'Shipped', emits: ['Ordered'] },
      noteShipped: 'stay',
      failPayment: { to: 'PaymentFailed' },
      cancel: { refuse: 'order-pending' },
      notePaymentCancelled: { to: 'PaymentReturned' },
    },
    Ordered: { ...formed, notePayment: { to: 'Payed' }, noteShipped: { to: 'Shipped' } },
    Payed: { ...formed, notePayment: 'stay', noteShipped: { to: 'Shipped' } },
    Shipped: { ...formed, notePayment: 'stay', noteShipped: 'stay' },
    OrderCancelled: {
      ...formed,
      notePayment: 'stay',
      noteShipped: 'stay',
      cancel: 'stay',
    },
    PayCancelled: {
      form: 'stay',
      notePayment: 'stay',
      failPayment: 'stay',
      cancel: 'stay',
      noteShipped: 'stay',
      notePaymentCancelled: 'stay',
    },
    PaymentFailed: {
      // Money taken for an order that was given up goes back by the ordinary way of a cancel.
      form: { to: 'OrderCancelled', emits: ['OrderCancelled'] },
      notePayment: { to: 'OrderCancelled', emits: ['OrderCancelled'] },
      failPayment: 'stay',
      cancel: { refuse: 'order-not-formed' },
      noteShipped: 'stay',
      notePaymentCancelled: { to: 'PaymentReturned' },
    },
    PaymentReturned: {
      // The payment that was overtaken by its own cancel: all that is left is to tell of it, as if they had come in order.
      form: { to: 'PayCancelled', emits: ['OrderCancelled'] },
      notePayment: { to: 'PayCancelled', emits: ['OrderCancelled'] },
      failPayment: 'stay',
      cancel: { refuse: 'order-not-formed' },
      noteShipped: 'stay',
      notePaymentCancelled: 'stay',
    },
  },
  { initial: 'Pending', final: ['PayCancelled'] },
);
