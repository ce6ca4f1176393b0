import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderNumbers } from './order-number.ts';

const { of, orderIdOf } = orderNumbers('phone82-');

test('an order number goes to the PSP and comes back', () => {
  assert.deepEqual([of(7), orderIdOf(of(7))], ['phone82-7', 7]);
});

test('numbers of other systems are foreign, and those that we never gave are none', () => {
  assert.equal(orderIdOf('other-7'), 'foreign');
  for (const never of [
    'phone82-',
    'phone82-0',
    'phone82-07',
    'phone82-7a',
    'phone82--7',
    'phone82-1e3',
    `phone82-${'9'.repeat(20)}`,
  ])
    assert.equal(orderIdOf(never), null, never);
});
