import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCapacity } from './find-capacity.ts';
import type { Outcome } from './load.ts';

const SEARCH = { from: 50, factor: 1.25, seconds: 10 };

/** A service that serves so many a second at a rate. */
async function search(serves: (rate: number) => number) {
  const offered: number[] = [];
  const capacity = await findCapacity(SEARCH, async (rate): Promise<Outcome> => {
    offered.push(rate);
    const createdMs = Array(Math.round(serves(rate) * SEARCH.seconds)).fill(100);
    return { sent: rate, createdMs, refusedMs: [], refusedWithoutPause: 0, others: {}, senderLateMs: 0 };
  });
  return { capacity, offered };
}

test('the capacity is the most that was served, also of a service that falls over beyond it', async () => {
  const { capacity } = await search((rate) => (rate < 200 ? rate : 20));
  assert.ok(capacity > 190 && capacity < 200, String(capacity));
});

test('one bad moment does not end the search', async () => {
  let calls = 0;
  const { capacity } = await search((rate) => (++calls === 2 ? 0 : Math.min(rate, 300)));
  assert.equal(capacity, 300);
});

test('a search ends, even if nothing is ever too much', async () => {
  const { offered } = await search((rate) => rate);
  assert.equal(offered.length, 20);
});
