import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decidePayment, newPayment, voidedPayment } from './decide-payment.ts';
import { type Payment, type PaymentState, processOf } from './payment.ts';
import type { PaymentCommand } from './payment-transitions.ts';

const payment = (state: PaymentState): Payment => ({
  ...newPayment({ orderId: 7, price: 1_800_000, customerId: 'demo', reference: 'ref-7' }, 1_000, 6_000),
  version: 2,
  state,
  attempts: 4,
});

/** Each state × command: the state it leads to (+ the event it tells), `=` for no change. */
const outcomes: Record<PaymentState, Record<PaymentCommand, string>> = {
  Requested: {
    charged: 'Payed + PayCompleted',
    declined: 'Declined',
    loseOutcome: 'Unknown',
    giveUp: 'Declined',
    cancel: 'VoidRequested',
    refunded: '=',
  },
  Unknown: {
    charged: 'Payed + PayCompleted',
    declined: 'Declined',
    loseOutcome: '=',
    giveUp: 'Declined',
    cancel: 'VoidRequested',
    refunded: '=',
  },
  VoidRequested: {
    charged: 'CancelPending',
    declined: 'Voided',
    loseOutcome: '=',
    giveUp: 'Voided',
    cancel: '=',
    refunded: '=',
  },
  Payed: {
    charged: '=',
    declined: '=',
    loseOutcome: '=',
    giveUp: '=',
    cancel: 'CancelPending',
    refunded: '=',
  },
  CancelUnmatched: {
    charged: 'CancelPending',
    declined: 'Voided',
    loseOutcome: '=',
    giveUp: 'Voided',
    cancel: '=',
    refunded: '=',
  },
  Declined: {
    charged: 'CancelPending',
    declined: '=',
    loseOutcome: '=',
    giveUp: '=',
    cancel: '=',
    refunded: '=',
  },
  CancelPending: {
    charged: '=',
    declined: '=',
    loseOutcome: '=',
    giveUp: '=',
    cancel: '=',
    refunded: 'PayCancelled + PayCancelled',
  },
  PayCancelled: { charged: '=', declined: '=', loseOutcome: '=', giveUp: '=', cancel: '=', refunded: '=' },
  Voided: {
    charged: 'CancelPending',
    declined: '=',
    loseOutcome: '=',
    giveUp: '=',
    cancel: '=',
    refunded: '=',
  },
};

const outcomeOf = (state: PaymentState, command: PaymentCommand): string => {
  const decision = decidePayment(payment(state), command, 5_000);
  return decision
    ? [decision.payment.state, ...decision.events.map((event) => event.eventType)].join(' + ')
    : '=';
};

describe('a payment, in each state, on each command', () => {
  for (const [state, commands] of Object.entries(outcomes)) {
    for (const [command, expected] of Object.entries(commands)) {
      test(`${state} × ${command} → ${expected}`, () => {
        assert.equal(outcomeOf(state as PaymentState, command as PaymentCommand), expected);
      });
    }
  }
});

test('is due at once when something is to be given back, and never again when it was', () => {
  const pending = decidePayment(payment('Payed'), 'cancel', 5_000)?.payment;
  assert.deepEqual([pending?.dueAt, pending?.attempts], [5_000, 0]);
  assert.equal(pending && decidePayment(pending, 'refunded', 6_000)?.payment.dueAt, null);
});

test('is looked up again for a while when it was given up', () => {
  const given = decidePayment(payment('VoidRequested'), 'giveUp', 5_000)?.payment;
  assert.deepEqual([given?.state, given?.givenUpAt, given?.dueAt], ['Voided', 5_000, 20_000]);
  const late = given && decidePayment(given, 'charged', 9_000, { paymentKey: 'late' })?.payment;
  assert.deepEqual([late?.state, late?.paymentKey, late?.dueAt], ['CancelPending', 'late', 9_000]);
});

test('keeps the code with which the PSP declined', () => {
  assert.equal(
    decidePayment(payment('Requested'), 'declined', 5_000, { declineCode: 'REJECT_CARD_PAYMENT' })?.payment
      .declineCode,
    'REJECT_CARD_PAYMENT',
  );
});

test('tells of money given back in the words of the wire', () => {
  assert.deepEqual(decidePayment(payment('CancelPending'), 'refunded', 5_000)?.events, [
    {
      eventType: 'PayCancelled',
      id: 7,
      orderId: 7,
      price: 1_800_000,
      process: 'PayCancelled',
      reference: 'ref-7',
      customerId: 'demo',
    },
  ]);
});

test('calls a payment that is to be voided Unknown to the outside', () => {
  assert.equal(processOf(payment('VoidRequested')), 'Unknown');
});

test('begins Voided when the cancel comes before any charge, with nothing left to do', () => {
  const tombstone = voidedPayment(7, 'demo', 1_000);
  assert.deepEqual([tombstone.state, tombstone.dueAt], ['Voided', null]);
});
