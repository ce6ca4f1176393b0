import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openLoop } from './open-loop.ts';

const FAST = 10_000;

describe('an open loop', () => {
  test('begins as many as it is told, and waits for all of them', async () => {
    const ended: number[] = [];
    await openLoop({ rate: FAST, count: 5 }, async (index) => {
      await new Promise((resolve) => setImmediate(resolve));
      ended.push(index);
    });
    assert.deepEqual(ended, [0, 1, 2, 3, 4]);
  });

  test('begins the next one although the one before has no answer', async () => {
    const first = Promise.withResolvers<void>();
    await openLoop({ rate: FAST, count: 2 }, async (index) => {
      if (index === 0) await first.promise;
      else first.resolve();
    });
  });

  test('begins no more once it is told to end', async () => {
    const closing = new AbortController();
    let begun = 0;
    await openLoop({ rate: FAST, signal: closing.signal }, async () => {
      if (++begun === 3) closing.abort();
    });
    assert.equal(begun, 3);
  });

  test('says when each was due: a millisecond apart at a thousand a second', async () => {
    const due: number[] = [];
    await openLoop({ rate: 1_000, count: 3 }, async (_, dueAt) => void due.push(dueAt));
    const [first = 0, second = 0, third = 0] = due;
    assert.deepEqual([Math.round(second - first), Math.round(third - second)], [1, 1]);
  });
});
