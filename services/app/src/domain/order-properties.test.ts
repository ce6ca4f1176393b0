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
import { decideOrder } from './decide-order.ts';
import { hasFormed, isPending, type Order } from './order.ts';
import type { OrderCommand } from './order-transitions.ts';

type OrderLife = Life<Order, OrderCommand>;

const orders: Machine<Order, OrderCommand> = {
  initial: {
    id: 7,
    version: 3,
    item: 'LG10',
    qty: 2,
    price: 1_800_000,
    customerId: 'demo',
    status: 'Pending',
    store: null,
    point: null,
    placedAt: 1_000,
    settleAt: 3_000,
    cause: null,
    reference: 'ref-7',
    requestKey: 'key',
  },
  commands: ['form', 'notePayment', 'failPayment', 'cancel', 'noteShipped', 'notePaymentCancelled'],
  apply: (order, command) => {
    const decision = decideOrder(order, command);
    if (decision.kind === 'refused') return { record: order, events: [], refusal: decision.code };
    if (decision.kind === 'unchanged') return { record: order, events: [] };
    return { record: decision.order, events: decision.events.map(({ eventType }) => eventType) };
  },
};

const endOf = (life: OrderLife) => life.at(-1)?.record ?? orders.initial;
const taken = (on: OrderCommand, is: Order['status'], takenFor: Order['status']) =>
  mistaking(orders, { on, where: 'status', is, takenFor });

describeMachine('an order, whatever comes in whatever order', orders, {
  'tells each event once': { holds: tellsEachEventOnce, planted: taken('form', 'Payed', 'Pending') },
  'does not change when something comes again': {
    holds: repeatsChangeNothing,
    planted: taken('form', 'Ordered', 'Pending'),
  },
  'keeps its number, customer, goods and price': {
    holds: (life) => {
      keepsItsIdentity(life);
      const { item, qty, price } = endOf(life);
      assert.deepEqual([item, qty, price], ['LG10', 2, 1_800_000]);
    },
    planted: {
      ...orders,
      apply: (order, command) => {
        const outcome = orders.apply(order, command);
        return { ...outcome, record: { ...outcome.record, version: outcome.record.version + 1 } };
      },
    },
  },
  'refuses nothing but a cancel before it formed': {
    holds: (life) =>
      refusesOnly(life, ({ status }) => status, [
        'cancel in Pending: order-pending',
        'cancel in PendingShipped: order-pending',
        'cancel in PaymentFailed: order-not-formed',
        'cancel in PaymentReturned: order-not-formed',
      ]),
    planted: taken('cancel', 'Shipped', 'Pending'),
  },
  'is over once its payment is cancelled': {
    holds: (life) => {
      for (const { before, record } of life)
        if (before.status === 'PayCancelled') assert.equal(record, before);
    },
    planted: taken('cancel', 'PayCancelled', 'Payed'),
  },
  'is told of exactly if it formed': {
    holds: (life) => assert.equal(eventsOf(life).length > 0, hasFormed(endOf(life))),
    planted: taken('notePaymentCancelled', 'PaymentFailed', 'Payed'),
  },
  'never forgets a cancel that it told of': {
    holds: (life) => {
      if (eventsOf(life).includes('OrderCancelled'))
        assert.match(endOf(life).status, /^(OrderCancelled|PayCancelled)$/);
    },
    planted: taken('noteShipped', 'OrderCancelled', 'Payed'),
  },
  'is asked about exactly while it is pending': {
    holds: (life) => assert.equal(endOf(life).settleAt !== null, isPending(endOf(life))),
    planted: {
      ...orders,
      apply: (order, command) => {
        const outcome = orders.apply(order, command);
        return { ...outcome, record: { ...outcome.record, settleAt: order.settleAt } };
      },
    },
  },
});

describeMachine('an order whose messages come late, early and again', orders, {
  'ends shipped when all went well': {
    story: [['form', 'notePayment', 'noteShipped']],
    holds: (life) => assert.deepEqual([endOf(life).status, eventsOf(life)], ['Shipped', ['Ordered']]),
    planted: taken('notePayment', 'Shipped', 'Ordered'),
  },
  'ends cancelled when the customer took it back': {
    story: [['form'], ['notePayment', 'noteShipped', 'cancel'], ['notePaymentCancelled']],
    holds: (life) =>
      assert.deepEqual([endOf(life).status, eventsOf(life)], ['PayCancelled', ['Ordered', 'OrderCancelled']]),
    planted: taken('noteShipped', 'PayCancelled', 'Payed'),
  },
  'ends cancelled when its payment was made and taken back, whichever is heard of first': {
    story: [['notePayment', 'notePaymentCancelled', 'form']],
    holds: (life) => assert.equal(endOf(life).status, 'PayCancelled'),
    planted: taken('notePayment', 'PaymentReturned', 'PaymentFailed'),
  },
  'goes back by a cancel when the money came after it was given up': {
    story: [['failPayment'], ['form', 'notePayment'], ['notePaymentCancelled']],
    holds: (life) =>
      assert.deepEqual([endOf(life).status, eventsOf(life)], ['PayCancelled', ['OrderCancelled']]),
    planted: taken('form', 'PaymentFailed', 'Pending'),
  },
});
