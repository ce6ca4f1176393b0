import assert from 'node:assert/strict';
import {
  describeMachine,
  eventsOf,
  keepsItsIdentity,
  type Life,
  type Machine,
  mistaking,
  repeatsChangeNothing,
  tellsEachEventOnce,
} from '@phone82/testkit';
import { decidePayment, newPayment, voidedPayment } from './decide-payment.ts';
import type { Payment, PaymentState } from './payment.ts';
import { type PaymentCommand, pendingStates } from './payment-transitions.ts';

const payments: Machine<Payment, PaymentCommand> = {
  initial: newPayment({ orderId: 7, price: 1_800_000, customerId: 'demo', reference: 'ref-7' }, 1_000, 6_000),
  commands: ['charged', 'declined', 'loseOutcome', 'giveUp', 'cancel', 'refunded'],
  apply: (payment, command) => {
    const decision = decidePayment(payment, command, 5_000);
    if (!decision) return { record: payment, events: [] };
    return { record: decision.payment, events: decision.events.map(({ eventType }) => eventType) };
  },
};
/** Payments that begin with the cancel that overtook their charge. */
const voided: Machine<Payment, PaymentCommand> = { ...payments, initial: voidedPayment(7, 'demo', 1_000) };

/** A charge that was given up may still turn up. */
const isWatched = ({ state, givenUpAt }: Payment) =>
  givenUpAt !== null && (state === 'Declined' || state === 'Voided');

const endOf = (life: Life<Payment, PaymentCommand>) => life.at(-1)?.record.state ?? 'Requested';
const came = (life: Life<Payment, PaymentCommand>, wanted: PaymentCommand) =>
  life.some(({ command }) => command === wanted);
const taken = (on: PaymentCommand, is: PaymentState, takenFor: PaymentState, machine = payments) =>
  mistaking(machine, { on, where: 'state', is, takenFor });
const goesBack = /^(CancelPending|PayCancelled)$/;

describeMachine('a payment, whatever comes in whatever order', payments, {
  'tells each event once': { holds: tellsEachEventOnce, planted: taken('charged', 'Payed', 'Requested') },
  'does not change when something comes again': {
    holds: repeatsChangeNothing,
    planted: taken('refunded', 'PayCancelled', 'CancelPending'),
  },
  'keeps its number, customer and price': {
    holds: (life) => {
      keepsItsIdentity(life);
      for (const { record } of life) assert.equal(record.price, 1_800_000);
    },
    planted: {
      ...payments,
      apply: (payment, command) => {
        const outcome = payments.apply(payment, command);
        return { ...outcome, record: { ...outcome.record, price: outcome.record.price * 2 } };
      },
    },
  },
  'is over once the money went back': {
    holds: (life) => {
      for (const { before, record } of life)
        if (before.state === 'PayCancelled') assert.equal(record, before);
    },
    planted: taken('charged', 'PayCancelled', 'Unknown'),
  },
  'says that money went back only after it was to go back': {
    holds: (life) => {
      for (const { before, events } of life)
        if (events.includes('PayCancelled')) assert.equal(before.state, 'CancelPending');
    },
    planted: taken('refunded', 'Payed', 'CancelPending'),
  },
  'says nothing and gives nothing back where nothing was charged': {
    holds: (life) => {
      if (came(life, 'charged')) return;
      assert.deepEqual(eventsOf(life), []);
      assert.doesNotMatch(endOf(life), /^(Payed|CancelPending|PayCancelled)$/);
    },
    planted: taken('refunded', 'VoidRequested', 'CancelPending'),
  },
  'never keeps the money of an order that was cancelled': {
    holds: (life) => {
      if (came(life, 'charged') && came(life, 'cancel')) assert.match(endOf(life), goesBack);
    },
    planted: taken('charged', 'VoidRequested', 'Unknown'),
  },
  'has something due exactly while something is pending, or may still turn up': {
    holds: (life) => {
      for (const { record } of life)
        assert.equal(record.dueAt !== null, pendingStates.has(record.state) || isWatched(record));
    },
    planted: {
      ...payments,
      apply: (payment, command) => {
        const outcome = payments.apply(payment, command);
        return { ...outcome, record: { ...outcome.record, dueAt: null } };
      },
    },
  },
});

describeMachine('a payment whose messages come late, early and again', payments, {
  'ends paid when all went well, answer lost or not': {
    story: [['loseOutcome'], ['charged']],
    holds: (life) => assert.deepEqual([endOf(life), eventsOf(life)], ['Payed', ['PayCompleted']]),
    planted: taken('loseOutcome', 'Payed', 'Requested'),
  },
  'ends given back when it was cancelled, before or after the charge': {
    story: [['charged', 'cancel', 'loseOutcome'], ['refunded']],
    holds: (life) => {
      assert.equal(endOf(life), 'PayCancelled');
      assert.equal(eventsOf(life).at(-1), 'PayCancelled');
    },
    planted: taken('charged', 'VoidRequested', 'Requested'),
  },
  'ends given back when the PSP said no and then yes': {
    story: [['declined'], ['charged', 'cancel'], ['refunded']],
    holds: (life) => assert.deepEqual([endOf(life), eventsOf(life)], ['PayCancelled', ['PayCancelled']]),
    planted: taken('charged', 'Declined', 'Requested'),
  },
});

describeMachine('a payment whose cancel came before any charge', voided, {
  'gives back whatever is charged after all': {
    holds: (life) => {
      assert.doesNotMatch(endOf(life), /^(Payed|Unknown)$/);
      if (came(life, 'charged')) assert.match(endOf(life), goesBack);
      assert.equal(eventsOf(life).includes('PayCompleted'), false);
    },
    planted: taken('charged', 'Voided', 'Requested', voided),
  },
});
