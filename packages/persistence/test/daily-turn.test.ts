import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestPostgres, type TestPostgres } from '@phone82/testkit';
import {
  createDailyTurn,
  createReconciledDays,
  type Database,
  migrate,
  openDatabase,
  platformMigrations,
} from '../src/index.ts';

let postgres: TestPostgres;
let database: Database;
before(async () => {
  postgres = await startTestPostgres();
  database = openDatabase(await postgres.freshDatabase());
  await migrate(database, { ...platformMigrations, days: { up: createReconciledDays } });
});
after(async () => {
  await database?.close();
  await postgres?.stop();
});

test('one copy of a service has the turn of a day, and nobody has it again that day', async () => {
  const [first, second] = ['a', 'b'].map((owner) => createDailyTurn(database, owner, () => 0));
  assert.ok(first && second);
  assert.deepEqual([await first.take('2026-01-31'), await second.take('2026-01-31')], [true, false]);
  assert.equal(await first.take('2026-01-31'), true, 'who has it may begin again');
  await first.done('2026-01-31');
  assert.deepEqual([await first.take('2026-01-31'), await second.take('2026-01-31')], [false, false]);
  assert.equal(await first.take('2026-02-01'), true, 'another day is another turn');
});
