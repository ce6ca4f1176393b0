import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  add,
  emptyTally,
  startTestPostgres,
  type Tally,
  type TestPostgres,
  tallyInOneRowMapping,
  tallyMigrations,
  totalled,
} from '@phone82/testkit';
import {
  createOutbox,
  createUnitOfWork,
  type Database,
  migrate,
  openDatabase,
  platformMigrations,
  type UnitOfWork,
} from '../src/index.ts';

let postgres: TestPostgres;
let database: Database;
let unitOfWork: UnitOfWork<Tally>;
before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());
beforeEach(async () => {
  database = openDatabase(await postgres.freshDatabase());
  await migrate(database, { ...platformMigrations, ...tallyMigrations });
  const environment = realEnvironment;
  unitOfWork = createUnitOfWork({ database, mapping: tallyInOneRowMapping, source: 'test', environment });
});
afterEach(() => database.close());

const increment = (id: number, label = 'plain') =>
  unitOfWork.run(async (transaction) => {
    const next = add((await transaction.get(id)) ?? emptyTally(id, label), 1);
    transaction.put(next);
    transaction.publish(totalled(next));
  });

async function events(): Promise<[key: string | null, point: number][]> {
  const turn = await createOutbox(database).takeTurn('test', 5_000);
  assert.ok(turn);
  return (await turn.next(10_000)).map(({ record }) => [record.key, JSON.parse(record.value).point]);
}

const totalOf = (id: number) => unitOfWork.run(async (transaction) => (await transaction.get(id))?.total);

test('a crowd of records is stored, each with its own events', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => index + 1);
  await Promise.all(ids.map((id) => increment(id)));
  const keys = (await events()).map(([key]) => Number(key)).sort((a, b) => a - b);
  assert.deepEqual(keys, ids);
  assert.equal(await totalOf(300), 1);
});

test('writers of the same record at the same moment count each once, and their events keep the order', async () => {
  await Promise.all(Array.from({ length: 5 }, () => increment(1)));
  assert.equal(await totalOf(1), 5);
  assert.deepEqual(
    (await events()).map(([, point]) => point),
    [1, 2, 3, 4, 5],
  );
});

test('a value that the database refuses fails its own writer and nobody else of the crowd', async () => {
  const outcomes = await Promise.allSettled([increment(1), increment(2, 'x'.repeat(65)), increment(3)]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.deepEqual([await totalOf(1), await totalOf(2), await totalOf(3)], [1, undefined, 1]);
  assert.deepEqual((await events()).map(([key]) => key).sort(), ['1', '3']);
});

test('everyone is told when the connection is lost', async () => {
  await database.close();
  const outcomes = await Promise.allSettled([increment(1), increment(2)]);
  assert.ok(outcomes.every(({ status }) => status === 'rejected'));
});

/** Counts an order once for each of its messages that was not handled before. */
const handle = (messages: readonly (readonly [messageId: string, orderId: number])[]) =>
  unitOfWork.run(async (transaction) => {
    const { fresh } = await transaction.admit(
      messages.map(([messageId, orderId]) => ({ messageId, orderId })),
    );
    for (const [messageId, id] of messages) {
      if (!fresh.has(messageId)) continue;
      const next = add((await transaction.get(id)) ?? emptyTally(id), 1);
      transaction.put(next);
      transaction.publish(totalled(next));
    }
    return fresh.size;
  });

test('a batch of messages takes effect once, in the order of its events, however many hold it at the same moment', async () => {
  const messages = Array.from({ length: 60 }, (_, index) => [`m${index}`, (index % 20) + 1] as const);
  const sizes = await Promise.all([handle(messages), handle(messages), handle(messages.slice(30))]);
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    60,
  );
  assert.deepEqual([await totalOf(1), await totalOf(20)], [3, 3]);
  const ofFirst = (await events()).filter(([key]) => key === '1').map(([, point]) => point);
  assert.deepEqual(ofFirst, [1, 2, 3]);
});

test('a message that is admitted twice by one transaction is fresh once', async () => {
  const arrivals = [{ messageId: 'm1', orderId: 1 }];
  const sizes = await unitOfWork.run(async (transaction) => [
    (await transaction.admit(arrivals)).fresh.size,
    (await transaction.admit(arrivals)).fresh.size,
  ]);
  assert.deepEqual(sizes, [1, 0]);
});

test('a batch whose record another writer changes meanwhile is worked off again', async () => {
  await increment(1);
  const messages = [1, 2, 3].map((id) => [`m${id}`, id] as const);
  await Promise.all([handle(messages), ...Array.from({ length: 10 }, () => increment(1))]);
  assert.deepEqual([await totalOf(1), await totalOf(2)], [12, 1]);
});

test('nothing of a batch stays when the database refuses a value of it', async () => {
  const batch = unitOfWork.run(async (transaction) => {
    await transaction.admit([{ messageId: 'm1', orderId: 1 }]);
    transaction.put(emptyTally(1));
    transaction.put(emptyTally(2, 'x'.repeat(65)));
  });
  await assert.rejects(batch, /too long/);
  assert.equal(await totalOf(1), undefined);
  assert.equal(await handle([['m1', 1]]), 1);
});
