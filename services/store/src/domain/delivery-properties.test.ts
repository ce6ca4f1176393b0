import assert from 'node:assert/strict';
import {
  describeMachine,
  eventsOf,
  keepsItsIdentity,
  type Life,
  type Machine,
  mistaking,
  refusesOnly,
  repeatsChangeNothing,
  tellsEachEventOnce,
} from '@phone82/testkit';
import { decideDelivery } from './decide-delivery.ts';
import { type Delivery, type DeliveryState, noDelivery } from './delivery.ts';
import type { DeliveryCommand } from './delivery-transitions.ts';

const deliveries: Machine<Delivery, DeliveryCommand> = {
  initial: noDelivery(7, 'demo'),
  commands: ['noteOrder', 'notePayment', 'ship', 'cancel'],
  apply: (delivery, command) => {
    const details = command === 'noteOrder' ? { item: 'LG10', qty: 2 } : {};
    const decision = decideDelivery(delivery, command, details);
    if (decision.kind === 'refused') return { record: delivery, events: [], refusal: decision.code };
    if (decision.kind === 'unchanged') return { record: delivery, events: [] };
    return { record: decision.delivery, events: decision.events.map(({ eventType }) => eventType) };
  },
};

const endOf = (life: Life<Delivery, DeliveryCommand>) => life.at(-1)?.record ?? deliveries.initial;
const taken = (on: DeliveryCommand, is: DeliveryState, takenFor: DeliveryState) =>
  mistaking(deliveries, { on, where: 'state', is, takenFor });
const before = (life: Life<Delivery, DeliveryCommand>, event: string) =>
  life.slice(
    0,
    life.findIndex(({ events }) => events.includes(event)),
  );

describeMachine('a delivery, whatever comes in whatever order', deliveries, {
  'tells each event once': { holds: tellsEachEventOnce, planted: taken('ship', 'Shipped', 'Payed') },
  'does not change when something comes again': {
    holds: repeatsChangeNothing,
    planted: taken('cancel', 'ReturnRequested', 'Payed'),
  },
  'keeps its number and customer': {
    holds: keepsItsIdentity,
    planted: {
      ...deliveries,
      apply: (delivery, command) => {
        const outcome = deliveries.apply(delivery, command);
        return { ...outcome, record: { ...outcome.record, customerId: command } };
      },
    },
  },
  'refuses nothing but a parcel that must not leave': {
    holds: (life) =>
      refusesOnly(
        life,
        ({ state }) => state,
        ['Absent', 'AwaitingPayment', 'AwaitingOrder', 'Cancelled', 'ReturnRequested'].map(
          (state) => `ship in ${state}: delivery-not-shippable`,
        ),
      ),
    planted: taken('ship', 'AwaitingPayment', 'Payed'),
  },
  'leaves only when ordered, paid and not cancelled': {
    holds: (life) => {
      if (!eventsOf(life).includes('Shipped')) return;
      const earlier = new Set(before(life, 'Shipped').map(({ command }) => command));
      assert.deepEqual(
        ['noteOrder', 'notePayment', 'cancel'].map((command) => earlier.has(command as DeliveryCommand)),
        [true, true, false],
      );
    },
    planted: taken('noteOrder', 'Cancelled', 'AwaitingOrder'),
  },
  'asks back what left, and stops what did not, when cancelled': {
    holds: (life) => {
      if (!life.some(({ command }) => command === 'cancel')) return;
      const left = eventsOf(life).includes('Shipped');
      assert.equal(endOf(life).state, left ? 'ReturnRequested' : 'Cancelled');
    },
    planted: taken('cancel', 'Shipped', 'Payed'),
  },
  'knows what to send whenever it may be sent': {
    holds: (life) => {
      for (const { record } of life)
        if (/^(Payed|Shipped)$/.test(record.state)) assert.deepEqual([record.item, record.qty], ['LG10', 2]);
    },
    planted: taken('notePayment', 'Absent', 'AwaitingPayment'),
  },
});

describeMachine('a delivery whose messages come late, early and again', deliveries, {
  'ends shipped when all went well': {
    story: [['noteOrder', 'notePayment'], ['ship']],
    holds: (life) => assert.deepEqual([endOf(life).state, eventsOf(life)], ['Shipped', ['Shipped']]),
    planted: taken('noteOrder', 'Shipped', 'Absent'),
  },
  'never leaves when the cancel came first': {
    story: [['cancel'], ['noteOrder', 'notePayment'], ['ship']],
    holds: (life) => assert.deepEqual([endOf(life).state, eventsOf(life)], ['Cancelled', []]),
    planted: taken('ship', 'Cancelled', 'Payed'),
  },
  'is asked back when the cancel came after it left': {
    story: [['noteOrder', 'notePayment'], ['ship'], ['cancel']],
    holds: (life) => assert.deepEqual([endOf(life).state, eventsOf(life)], ['ReturnRequested', ['Shipped']]),
    planted: taken('ship', 'ReturnRequested', 'Payed'),
  },
});

const heard: Machine<Delivery, DeliveryCommand> = {
  ...deliveries,
  commands: [...deliveries.commands, 'noteShipped'],
};
const indexOf = (life: Life<Delivery, DeliveryCommand>, wanted: DeliveryCommand) =>
  life.findIndex(({ command }) => command === wanted);

describeMachine('a delivery that another implementation may have shipped', heard, {
  'never leaves again once it was heard to have left': {
    holds: (life) => {
      const first = indexOf(life, 'noteShipped');
      if (first >= 0) assert.ok(!eventsOf(life.slice(first)).includes('Shipped'));
    },
    planted: mistaking(heard, { on: 'ship', where: 'state', is: 'Shipped', takenFor: 'Payed' }),
  },
  'is to come back when it left and was cancelled, whichever was heard first': {
    holds: (life) => {
      if (indexOf(life, 'noteShipped') < 0 || indexOf(life, 'cancel') < 0) return;
      assert.equal(endOf(life).state, 'ReturnRequested');
    },
    planted: mistaking(heard, { on: 'cancel', where: 'state', is: 'Shipped', takenFor: 'Payed' }),
  },
});
