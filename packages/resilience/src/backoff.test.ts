import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs } from './backoff.ts';

const longest = () => 1 - Number.EPSILON;

test('waits up to twice as long with each attempt, to a limit', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 100].map((attempt) => backoffMs(attempt, {}, longest));
  assert.deepEqual(waits, [200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test('may come back at once, so that those who failed together spread out', () => {
  assert.equal(
    backoffMs(9, {}, () => 0),
    0,
  );
  assert.equal(
    backoffMs(2, { baseMs: 100, maxMs: 1_000 }, () => 0.5),
    100,
  );
});
