import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RawAnswer } from '@phone82/testkit';
import type { Books } from './books.ts';
import type { Element, Intent } from './element.ts';
import { faultsOfAnswers, faultsOfBooks, type Held, unaccountedCharges } from './judge.ts';
import { reachedBetween } from './operator-routes.ts';

const formed = { id: 1, status: 'Shipped', key: 'k' };
const books = (orders = [formed], charged: number[] = []): Books => ({
  ordersByKey: new Map(orders.map((order) => [order.key, order])),
  ordersById: new Map(orders.map((order) => [order.id, order])),
  charged: new Set(charged),
});
const answer = (status: number, code = '', headers = {}): RawAnswer => ({
  status,
  headers,
  body: JSON.stringify({ code }),
});
const element = (intent: Intent, isBroken = false): Element => ({
  intent,
  method: 'POST',
  bytes: '',
  isBroken,
});
const order = { kind: 'order', key: 'k' } as const;
const held = (elements: readonly Element[], ...answers: RawAnswer[]): Held => ({
  service: 'app',
  conversation: { elements, delivery: { pieces: 1, pauseMs: 0, leavesAfter: undefined } },
  answers,
  isEnded: true,
});

describe('the judge of the edge', () => {
  test('passes a refusal of what was not done, and an answer to what was', () => {
    assert.deepEqual([...faultsOfBooks(held([element(order)], answer(400)), books([]))], []);
    assert.deepEqual([...faultsOfBooks(held([element(order)], answer(201)), books())], []);
    assert.deepEqual([...faultsOfBooks(held([element(order)]), books())], []);
  });

  test('finds a no to an order that was made, and a yes to one that was not', () => {
    assert.equal([...faultsOfBooks(held([element(order)], answer(400)), books())].length, 1);
    assert.equal([...faultsOfBooks(held([element(order)], answer(201)), books([]))].length, 1);
  });

  test('finds a no to a cancel that was carried out, and to a charge', () => {
    const cancelled = books([{ ...formed, status: 'PayCancelled' }]);
    assert.equal(
      [...faultsOfBooks(held([element({ kind: 'cancel', orderId: 1 })], answer(409)), cancelled)].length,
      1,
    );
    const charged = books([], [5]);
    assert.equal(
      [...faultsOfBooks(held([element({ kind: 'charge', orderId: 5 })], answer(400)), charged)].length,
      1,
    );
    assert.equal(unaccountedCharges(charged).length, 1);
  });

  test('finds an order behind a broken request that only a no was said to', () => {
    const broken = [element({ kind: 'other' }, true), element(order)];
    assert.equal([...faultsOfBooks(held(broken, answer(400)), books())].length, 1);
    assert.deepEqual([...faultsOfBooks(held(broken, answer(400), answer(201)), books())], []);
  });

  test('finds a 5xx, save a stated overload', () => {
    const stated = answer(503, 'overloaded', { 'retry-after': '1' });
    assert.deepEqual([...faultsOfAnswers(held([], stated))], []);
    for (const bad of [answer(500), answer(503, 'overloaded'), answer(504, 'outcome-unknown')])
      assert.equal([...faultsOfAnswers(held([], bad))].length, 1);
  });

  test('finds an operator route that was reached', () => {
    const before = new Map([['app GET /metrics', 1]]);
    assert.deepEqual(reachedBetween(before, new Map([['app GET /metrics', 2]])), []);
    const after = new Map([
      ['app GET /metrics', 3],
      ['app GET /dead-letters', 2],
    ] as const);
    assert.equal(reachedBetween(before, after).length, 2);
  });
});
