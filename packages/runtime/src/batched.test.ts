import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batched } from './batched.ts';

function recorded(run: (items: readonly number[]) => Promise<readonly number[]> = async (items) => items) {
  const batches: (readonly number[])[] = [];
  const call = batched(
    (items: readonly number[]) => {
      batches.push(items);
      return run(items);
    },
    { most: 3 },
  );
  return { call, batches };
}

test('a single call goes alone and at once', async () => {
  const { call, batches } = recorded();
  assert.equal(await call(7), 7);
  assert.deepEqual(batches, [[7]]);
});

test('calls of one turn go together, and no more than the most', async () => {
  const { call, batches } = recorded(async (items) => items.map((item) => item * 10));
  assert.deepEqual(await Promise.all([1, 2, 3, 4].map(call)), [10, 20, 30, 40]);
  assert.deepEqual(batches, [[1, 2, 3], [4]]);
});

test('what comes while a batch is under way waits for the next', async () => {
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const { call, batches } = recorded(async (items) => {
    begun.resolve();
    await gate.promise;
    return items;
  });
  const first = call(1);
  await begun.promise;
  const later = [call(2), call(3)];
  gate.resolve();
  await Promise.all([first, ...later]);
  assert.deepEqual(batches, [[1], [2, 3]]);
});

test('a failure is told to its own batch only', async () => {
  const { call } = recorded(async (items) => {
    if (items.includes(1)) throw new Error('no');
    return items;
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(call));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'rejected', 'fulfilled'],
  );
});

test('a batch that loses a result fails, and leaves nobody waiting', async () => {
  const { call } = recorded(async (items) => items.slice(1));
  await assert.rejects(call(1), /1 items went in, 0 results came out/);
});
