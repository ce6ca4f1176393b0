import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecentIds } from './recent-ids.ts';

test('the last ids are remembered, and what is long past is not', () => {
  const recent = createRecentIds(3);
  for (let id = 1; id <= 100; id++) {
    recent.add(id);
    assert.deepEqual([id, id - 1, id - 2].map(recent.has), [true, id > 1, id > 2]);
    assert.equal(recent.has(id - 6), false);
  }
});

test('an id that is added again and again does not push others out', () => {
  const recent = createRecentIds(2);
  recent.add(1);
  for (let i = 0; i < 10; i++) recent.add(2);
  assert.equal(recent.has(2), true);
});
