import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualEnvironment } from '@phone82/testkit';
import { createCaughtUp } from './caught-up.ts';
import type { GroupLag } from './event-bus.ts';

const lagOf = (...partitions: [committed: number, end: number][]): GroupLag => ({
  partitions: partitions.map(([committed, end], partition) => ({ partition, committed, end })),
  total: partitions.reduce((sum, [committed, end]) => sum + end - committed, 0),
});

/** Asks a log that looks like this, one look after another, and like the last from then on. */
function asking(...looks: GroupLag[]) {
  const environment = manualEnvironment();
  const lag = async () => (looks.length > 1 ? looks.shift() : looks[0]) as GroupLag;
  const bus = { lag, partitionOf: (key: string, count: number) => Number(key) % count };
  const ask = createCaughtUp({ bus, group: 'store', environment, patienceMs: 100 });
  const answerFor = async (orderId: number) => (await ask())(orderId);
  return { environment, answer: answerFor(7), answerFor };
}

test('who read everything has caught up at once', async () => {
  assert.equal(await asking(lagOf([5, 5], [0, 0])).answer, true);
});

test('waits for what was there when it was asked, and not for what came later', async () => {
  const { environment, answer } = asking(lagOf([3, 5], [1, 1]), lagOf([4, 9], [1, 7]), lagOf([5, 9], [1, 7]));
  await environment.advance(50);
  assert.equal(await answer, true);
});

test('gives up after its patience', async () => {
  const { environment, answer } = asking(lagOf([3, 5]));
  await environment.advance(200);
  assert.equal(await answer, false);
});

test('an order waits for a partition that stands still if it lies there, and not for that of others', async () => {
  const { environment, answer, answerFor } = asking(lagOf([5, 5], [3, 9], [2, 2]));
  await environment.advance(200);
  assert.equal(await answer, false);
  await environment.advance(30_000);
  assert.deepEqual(await Promise.all([6, 8, 10].map(answerFor)), [true, true, false]);
});

test('a partition that stands still lets no order past one that is only behind', async () => {
  const { environment, answer, answerFor } = asking(lagOf([5, 5], [3, 9]), lagOf([5, 6], [3, 9]));
  await environment.advance(40_000);
  assert.equal(await answer, false);
  const next = answerFor(6);
  await environment.advance(200);
  assert.equal(await next, false);
});
