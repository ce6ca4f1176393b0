import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, migrate, openDatabase } from '@phone82/persistence';
import { manualEnvironment, startTestPostgres, type TestPostgres } from '@phone82/testkit';
import { migrations } from '../migrations/index.ts';
import { emptyView } from '../src/domain/order-view.ts';
import type { ViewStorage } from '../src/outbound/fold-generation.ts';
import { createSqlViewStorage } from '../src/outbound/sql-view-storage.ts';

const ID = 1;

const environment = { ...manualEnvironment(), sleep: async () => undefined };
let postgres: TestPostgres;
let database: Database;
/** Two copies of customer. */
let one: ViewStorage;
let other: ViewStorage;

before(async () => {
  postgres = await startTestPostgres();
  database = openDatabase(await postgres.freshDatabase());
  await migrate(database, migrations);
  [one, other] = [createSqlViewStorage(database, environment), createSqlViewStorage(database, environment)];
  await one.registry.begin();
  await one.registry.begin();
});

after(async () => {
  await database?.close();
  await postgres?.stop();
});

/** Folds so many events in one write, as a rebuild does. */
const fold = (generation: number, events: number) =>
  one.open({ number: generation, state: 'building', changedAt: 0 }).run(async (transaction) => {
    const entry = (index: number) => ({ eventType: 'Ordered' as const, at: '', messageId: `m${index}` });
    const view = (await transaction.get(ID)) ?? emptyView(ID);
    transaction.put({ ...view, timeline: Array.from({ length: events }, (_, index) => entry(index)) });
  });

const shown = async ({ answering }: ViewStorage) => (await answering.reader.find(ID))?.timeline.length;

test('a new generation answers only when no order goes back by it, and then for all copies at once', async () => {
  await fold(1, 1);
  await fold(1, 2);
  assert.equal(await one.registry.activate(2), false, 'it has nothing yet');
  await fold(2, 1);
  assert.equal(await one.registry.activate(2), false, 'it knows less');
  assert.deepEqual([await shown(one), await shown(other)], [2, 2]);
  await fold(2, 3);
  assert.equal(await one.registry.activate(2), true);
  assert.deepEqual([await shown(one), await shown(other)], [3, 3]);
  await fold(1, 4);
  assert.equal(await shown(other), 3, 'a copy that has not heard of it yet folds into what nobody sees');
});

test('activating it again changes nothing', async () => {
  assert.equal(await other.registry.activate(2), true);
  const states = (await other.registry.list()).map(({ state }) => state);
  assert.deepEqual(states, ['retired', 'active']);
});

test('what is written through the answering view is in the generation that answers', async () => {
  await other.answering.unitOfWork.run(async (transaction) => {
    const view = await transaction.get(ID);
    assert.ok(view);
    transaction.put({ ...view, point: 300_000 });
  });
  const found = await one
    .open({ number: 2, state: 'active', changedAt: 0 })
    .run((transaction) => transaction.get(ID));
  assert.equal(found?.point, 300_000);
});
