import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  add,
  createMemoryReader,
  createMemoryStore,
  createMemoryUnitOfWork,
  emptyTally,
  type Tally,
  tallyMapping,
  totalled,
  unitOfWorkContract,
} from '../src/index.ts';

unitOfWorkContract('memory', async () => {
  const unitOfWork = createMemoryUnitOfWork<Tally>({ environment: realEnvironment });
  const reader = createMemoryReader(unitOfWork, tallyMapping);
  return { unitOfWork, reader, outbox: unitOfWork.outbox, close: async () => undefined };
});

test('a store keeps what was committed when its process is started again', async () => {
  const store = createMemoryStore<Tally>();
  await createMemoryUnitOfWork({ store }).run(async (transaction) => {
    transaction.put(add(emptyTally(7), 5));
    transaction.publish(totalled(emptyTally(7)));
  });
  const restarted = createMemoryUnitOfWork({ store });
  assert.equal(restarted.published().length, 1);
  assert.equal(await restarted.run(async (transaction) => (await transaction.get(7))?.total), 5);
});

test('a store is drained into a bus once, in order', async () => {
  const unitOfWork = createMemoryUnitOfWork<Tally>();
  const values: string[] = [];
  const bus = {
    publish: async (records: readonly { value: string }[]) =>
      void values.push(...records.map(({ value }) => value)),
  };
  for (const total of [1, 2])
    await unitOfWork.run(async (transaction) => transaction.publish(totalled({ ...emptyTally(7), total })));
  await unitOfWork.drain(bus);
  await unitOfWork.drain(bus);
  assert.deepEqual(
    values.map((value) => JSON.parse(value).point),
    [1, 2],
  );
});
