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
