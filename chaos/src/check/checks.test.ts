import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  FAILED,
  STANDING,
  sound,
  TAKEN_BACK,
  withBalance,
  withJourney,
  withRecord,
  withTimeline,
} from '../../test/sound-evidence.ts';
import { violationsIn } from './checks.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { leftAfterRefund } from './taken-back.ts';

const PRICE = 899_000;

test('finds nothing wrong with an order that stands, one taken back, and one that never formed', () => {
  assert.deepEqual(violationsIn(sound), []);
});

/** What was planted, by the invariant that it breaks. */
const planted: Readonly<Record<string, readonly [Invariant, Evidence]>> = {
  'a customer with two orders for one key': [
    'I1',
    withJourney(0, { formed: new Set([STANDING, TAKEN_BACK]) }),
  ],
  'an order that was confirmed and is nowhere': ['I1', withJourney(0, { formed: new Set([77]) })],
  'an order that was confirmed and then failed': ['I1', withJourney(2, { formed: new Set([FAILED]) })],
  'an order that nobody asked for': [
    'I1',
    withRecord('orders', 9, { status: 'Shipped', point: 300_000, price: PRICE }),
  ],
  'a charge for an order that failed': ['I2', withBalance(FAILED, { charges: 1, charged: PRICE })],
  'a charge for an order that nobody knows': ['I2', withBalance(9, { charges: 1, charged: PRICE })],
  'an order that stands and was refunded': ['I2', withBalance(STANDING, { refunds: 1, refunded: PRICE })],
  'an order that was charged twice and refunded once': [
    'I2',
    withBalance(STANDING, { charges: 2, charged: 2 * PRICE, refunds: 1, refunded: PRICE }),
  ],
  'an order that was refunded twice': ['I2', withBalance(TAKEN_BACK, { refunds: 2 })],
  'a difference that the reconciliation finds': [
    'I2',
    { ...sound, reconciliation: 'order 1: not at the PSP' },
  ],
  'money kept from an order that was taken back': [
    'I3',
    withBalance(TAKEN_BACK, { refunds: 0, refunded: 0 }),
  ],
  'mileage kept after the refund': ['I3', withRecord('mileages', TAKEN_BACK, { point: 300_000 })],
  'a parcel on its way after the refund': [
    'I3',
    withRecord('deliveries', TAKEN_BACK, { process: 'Shipped' }),
  ],
  'a parcel that left a shop that knew of the cancel': [
    'I3',
    withRecord('deliveries', TAKEN_BACK, { process: 'Cancelled' }),
  ],
  'a parcel that nobody paid for': ['I4', withBalance(STANDING, { charges: 0, charged: 0 })],
  'an event that took effect twice': ['I5', withTimeline(STANDING, (events) => [...events, events[0] ?? {}])],
  'an event that got lost on its way to the view': [
    'I5',
    withTimeline(STANDING, (events) => events.slice(0, -1)),
  ],
  'a cancel that was confirmed and forgotten': ['I5', withJourney(0, { cancel: 'accepted' })],
  'an order taken back that nobody asked for': ['I5', withJourney(1, { cancel: 'none' })],
  'a service that missed an order': ['I5', { ...sound, mileages: new Map() }],
  'a view that is not what its events add up to': ['I7', withRecord('views', STANDING, { status: 'Payed' })],
  'a view that counts its events wrong': ['I7', withRecord('views', STANDING, { version: 9 })],
  'mileage in the view that no event granted': ['I7', withRecord('views', TAKEN_BACK, { point: 300_000 })],
  'an order that stays pending': ['I8', withRecord('orders', FAILED, { status: 'Pending' })],
  'an order that is not shipped': ['I8', withRecord('orders', STANDING, { status: 'Payed' })],
  'a payment whose outcome nobody finds out': ['I8', withRecord('payments', FAILED, { process: 'Unknown' })],
  'a delivery that waits for ever': ['I8', withRecord('deliveries', STANDING, { process: 'Payed' })],
  'a dead letter': ['I8', { ...sound, deadLetters: { ...sound.deadLetters, store: 1 } }],
  'a deferred cancel that is never tried again': [
    'I9',
    withRecord('payments', TAKEN_BACK, { process: 'CancelPending' }),
  ],
};

describe('the check finds', () => {
  for (const [what, [invariant, evidence]] of Object.entries(planted))
    test(`${what} (${invariant})`, () => {
      const found = violationsIn(evidence).map((violation) => violation.invariant);
      assert.ok(found.includes(invariant), `found only: ${found.join(', ') || 'nothing'}`);
    });
});

test('counts parcels that left after the refund, since the shop heard of the cancel last', () => {
  assert.equal(leftAfterRefund(sound.views), 0);
  const late = withTimeline(TAKEN_BACK, (events) =>
    events.map((event) =>
      event.eventType === 'Shipped' ? { ...event, at: '2026-01-05T01:31:00.000Z' } : event,
    ),
  );
  assert.equal(leftAfterRefund(late.views), 1);
});
