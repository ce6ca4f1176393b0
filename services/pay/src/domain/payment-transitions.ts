import { defineTransitions } from '@phone82/state-machine';
import type { PaymentState } from './payment.ts';

/**
 * charged, declined: the PSP's definite answers · loseOutcome: no answer came · giveUp: the PSP knows of no charge and
 * none is sent any more · cancel: give the money back, or never take it · refunded: mileage taken back and money returned
 */
export type PaymentCommand = 'charged' | 'declined' | 'loseOutcome' | 'giveUp' | 'cancel' | 'refunded';

export const paymentTransitions = defineTransitions<PaymentState, PaymentCommand>(
  {
    Requested: {
      charged: { to: 'Payed', emits: ['PayCompleted'] },
      declined: { to: 'Declined' },
      loseOutcome: { to: 'Unknown' },
      giveUp: { to: 'Declined' },
      cancel: { to: 'VoidRequested' },
      refunded: 'stay',
    },
    Unknown: {
      charged: { to: 'Payed', emits: ['PayCompleted'] },
      declined: { to: 'Declined' },
      loseOutcome: 'stay',
      giveUp: { to: 'Declined' },
      cancel: { to: 'VoidRequested' },
      refunded: 'stay',
    },
    VoidRequested: {
      // The order was given up: what was taken goes straight back, and nobody hears of a payment.
      charged: { to: 'CancelPending' },
      declined: { to: 'Voided' },
      loseOutcome: 'stay',
      giveUp: { to: 'Voided' },
      cancel: 'stay',
      refunded: 'stay',
    },
    Payed: {
      charged: 'stay',
      declined: 'stay',
      loseOutcome: 'stay',
      giveUp: 'stay',
      cancel: { to: 'CancelPending' },
      refunded: 'stay',
    },
    Declined: {
      // The PSP said no and then yes: money without an order goes back.
      charged: { to: 'CancelPending' },
      declined: 'stay',
      loseOutcome: 'stay',
      giveUp: 'stay',
      cancel: 'stay',
      refunded: 'stay',
    },
    CancelPending: {
      charged: 'stay',
      declined: 'stay',
      loseOutcome: 'stay',
      giveUp: 'stay',
      cancel: 'stay',
      refunded: { to: 'PayCancelled', emits: ['PayCancelled'] },
    },
    PayCancelled: {
      charged: 'stay',
      declined: 'stay',
      loseOutcome: 'stay',
      giveUp: 'stay',
      cancel: 'stay',
      refunded: 'stay',
    },
    CancelUnmatched: {
      // The payment was lost here, not at the PSP: the money goes back after all.
      charged: { to: 'CancelPending' },
      // The cancel had overtaken its payment, which is refused, or a person has seen to it.
      declined: { to: 'Voided' },
      loseOutcome: 'stay',
      giveUp: { to: 'Voided' },
      cancel: 'stay',
      refunded: 'stay',
    },
    Voided: {
      charged: { to: 'CancelPending' },
      declined: 'stay',
      loseOutcome: 'stay',
      giveUp: 'stay',
      cancel: 'stay',
      refunded: 'stay',
    },
  },
  // Voided and CancelUnmatched are where a cancel begins that came before any charge.
  { initial: ['Requested', 'CancelUnmatched'], final: ['PayCancelled'] },
);

/** States in which something is still to be found out or given back. */
export const pendingStates: ReadonlySet<PaymentState> = new Set([
  'Requested',
  'Unknown',
  'VoidRequested',
  'CancelPending',
  'CancelUnmatched',
]);
