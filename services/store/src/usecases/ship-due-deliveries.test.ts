import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryUnitOfWork, manualEnvironment } from '@phone82/testkit';
import { type Delivery, noDelivery } from '../domain/delivery.ts';
import { shipDueDeliveries } from './ship-due-deliveries.ts';

/** Deliveries of these orders that are due, of which only those that `mayLeave` says are caught up with. */
async function dueOf(ids: readonly number[], mayLeave: (orderId: number) => boolean) {
  const environment = manualEnvironment();
  const deliveries = createMemoryUnitOfWork<Delivery>({ environment });
  await deliveries.run(async (transaction) => {
    for (const id of ids) transaction.put({ ...noDelivery(id, 'demo'), state: 'Payed', shipAt: id });
  });
  const stored = () => [...deliveries.store.records.values()];
  const due = {
    dueBefore: async (at: number, limit: number) =>
      stored()
        .filter(({ shipAt }) => shipAt !== null && shipAt <= at)
        .sort((a, b) => (a.shipAt ?? 0) - (b.shipAt ?? 0))
        .slice(0, limit),
  };
  const job = shipDueDeliveries({ deliveries, due, caughtUp: async () => mayLeave, environment });
  const shipped = () => stored().filter(({ state }) => state === 'Shipped');
  return { run: () => job.run(new AbortController().signal), shipped };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('no delivery leaves before what came before it is read', async () => {
  const { run, shipped } = await dueOf([1, 2], () => false);
  assert.equal(await run(), 'done');
  assert.deepEqual(shipped(), []);
});

test('those that wait for a partition which stands still keep none of the others back, however many they are', async () => {
  const { run, shipped } = await dueOf(numbers(1, 1_203), (orderId) => orderId > 1_200);
  for (let turn = 0; turn < 3; turn++) await run();
  assert.deepEqual(
    shipped().map(({ id }) => id),
    [1_201, 1_202, 1_203],
  );
});
