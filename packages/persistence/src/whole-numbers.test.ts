import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWholeNumbers } from './whole-numbers.ts';

test('a time that chance made a fraction of is rounded up, and all else stays as it is', () => {
  const record = { id: 7, version: 0, settleAt: 1_795_861_591_701.3494, note: 'x', none: null, list: [0.5] };
  assert.deepEqual(inWholeNumbers(record), { ...record, settleAt: 1_795_861_591_702 });
});

test('a record without a fraction is the same object', () => {
  const record = { id: 7, version: 3, dueAt: null, price: 899_000 };
  assert.equal(inWholeNumbers(record), record);
});
