import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideDelivery } from './decide-delivery.ts';
import { type DeliveryState, noDelivery, processOf } from './delivery.ts';
import type { DeliveryCommand } from './delivery-transitions.ts';

/** Each state × command: the state it leads to (+ the event it tells), `=` for no change, `!` for a refusal. */
const outcomes: Record<DeliveryState, Record<DeliveryCommand, string>> = {
  Absent: {
    noteOrder: 'AwaitingPayment',
    notePayment: 'AwaitingOrder',
    ship: '!',
    noteShipped: 'Shipped',
    cancel: 'Cancelled',
  },
  AwaitingPayment: {
    noteOrder: '=',
    notePayment: 'Payed',
    ship: '!',
    noteShipped: 'Shipped',
    cancel: 'Cancelled',
  },
  AwaitingOrder: {
    noteOrder: 'Payed',
    notePayment: '=',
    ship: '!',
    noteShipped: 'Shipped',
    cancel: 'Cancelled',
  },
  Payed: {
    noteOrder: '=',
    notePayment: '=',
    ship: 'Shipped + Shipped',
    noteShipped: 'Shipped',
    cancel: 'Cancelled',
  },
  Shipped: { noteOrder: '=', notePayment: '=', ship: '=', noteShipped: '=', cancel: 'ReturnRequested' },
  Cancelled: { noteOrder: '=', notePayment: '=', ship: '!', noteShipped: 'ReturnRequested', cancel: '=' },
  ReturnRequested: { noteOrder: '=', notePayment: '=', ship: '!', noteShipped: '=', cancel: '=' },
};

const outcomeOf = (state: DeliveryState, command: DeliveryCommand): string => {
  const decision = decideDelivery({ ...noDelivery(7, 'demo'), state }, command);
  if (decision.kind === 'unchanged') return '=';
  if (decision.kind === 'refused') return decision.code === 'delivery-not-shippable' ? '!' : decision.code;
  return [decision.delivery.state, ...decision.events.map((event) => event.eventType)].join(' + ');
};

describe('a delivery, in each state, on each command', () => {
  for (const [state, commands] of Object.entries(outcomes)) {
    for (const [command, expected] of Object.entries(commands)) {
      test(`${state} × ${command} → ${expected}`, () => {
        assert.equal(outcomeOf(state as DeliveryState, command as DeliveryCommand), expected);
      });
    }
  }
});

test('keeps what was ordered and how it was sent', () => {
  const awaiting = decideDelivery({ ...noDelivery(7, 'demo'), state: 'AwaitingOrder' }, 'noteOrder', {
    item: 'LG10',
    qty: 2,
  });
  assert.ok(awaiting.kind === 'changed');
  const shipped = decideDelivery(awaiting.delivery, 'ship', { carrier: 'CJ', trackingNumber: '1' });
  assert.ok(shipped.kind === 'changed');
  const { item, qty, carrier, trackingNumber } = shipped.delivery;
  assert.deepEqual([item, qty, carrier, trackingNumber], ['LG10', 2, 'CJ', '1']);
  assert.deepEqual(shipped.events, [
    {
      eventType: 'Shipped',
      id: 7,
      orderId: 7,
      address: null,
      item: 'LG10',
      process: 'Shipped',
      customerId: 'demo',
    },
  ]);
});

test('never leaves before both the order and its payment arrived', () => {
  assert.deepEqual(
    (['Absent', 'AwaitingPayment', 'AwaitingOrder'] as const).map((state) => outcomeOf(state, 'ship')),
    ['!', '!', '!'],
  );
  assert.equal(processOf({ ...noDelivery(7, 'demo'), state: 'AwaitingOrder' }), 'Payed');
});
