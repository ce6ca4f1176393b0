import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idempotencyStoreContract, manualEnvironment, startTestPostgres } from '@phone82/testkit';
import {
  createIdempotencyStore,
  type Database,
  migrate,
  openDatabase,
  platformMigrations,
  purge,
} from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const HOUR_MS = 60 * 60 * 1000;

eachDatabase('idempotency store', (the) => {
  const open = async () => {
    const environment = manualEnvironment();
    await migrate(the().database, platformMigrations);
    return { environment, store: createIdempotencyStore(the().database, environment) };
  };

  idempotencyStoreContract('a table', async () => {
    const { store, environment } = await open();
    return { store, advance: environment.advance, close: async () => undefined };
  });

  test('an answer that the database refuses is the fault of one: its neighbours are kept', async () => {
    const { store } = await open();
    const answer = { status: 201, headers: {}, body: '{}' };
    const keys = ['first', 'second', 'third'];
    for (const key of keys) await store.begin(key, 'f', 1_000);
    const refused = { ...answer, body: null as unknown as string, status: 1.5e300 };
    const [, outcome] = await Promise.allSettled([
      store.complete('first', answer),
      store.complete('second', refused),
      store.complete('third', answer),
    ]);
    for (const key of ['first', 'third'])
      assert.deepEqual(await store.begin(key, 'f', 1_000), { kind: 'replay', ...answer });
    if (the().database.dialect === 'postgres') assert.equal(outcome.status, 'rejected');
  });

  test('is purged after a day', async () => {
    const { store, environment } = await open();
    await store.begin('old', 'f', 1_000);
    await environment.advance(23 * HOUR_MS);
    await store.begin('young', 'f', 1_000);
    await environment.advance(HOUR_MS + 1);
    assert.equal((await purge(the().database, environment)).idempotencyKeys, 1);
    assert.equal((await store.begin('young', 'f', 1_000)).kind, 'new');
    assert.equal((await store.begin('old', 'f', 1_000)).kind, 'new');
  });
});

test('two copies that begin the same keys in opposite orders wait for each other, and do not deadlock', async (t) => {
  const server = await startTestPostgres();
  t.after(() => server.stop());
  const url = await server.freshDatabase();
  const databases = [1, 2, 3].map(() => openDatabase(url, { poolSize: 4 }));
  t.after(() => Promise.all(databases.map(({ close }) => close())));
  const [mine, yours, third] = databases as [Database, Database, Database];
  await migrate(mine, platformMigrations);
  const environment = manualEnvironment();
  const beginAt = (database: Database, keys: readonly string[]) => {
    const store = createIdempotencyStore(database, environment);
    return keys.map((key) => store.begin(key, 'f', 1_000));
  };
  const keys = ['a', 'm', 'z'];
  let begun: ReturnType<typeof beginAt> = [];
  // Holds the middle one until both stand before it, and lets it go.
  await third.kysely
    .transaction()
    .execute(async (transaction) => {
      const row = { key: 'm', fingerprint: 'f', state: 'inFlight', created_at: 0, locked_until: 0 };
      await transaction.insertInto('idempotency_keys').values(row).execute();
      begun = [...beginAt(mine, keys), ...beginAt(yours, keys.toReversed())];
      for (const outcome of begun) outcome.catch(() => undefined);
      await new Promise((later) => setTimeout(later, 300));
      throw new Error('let go');
    })
    .catch(() => undefined);
  const outcomes = await Promise.all(begun);
  assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), [
    ...Array.from(keys, () => 'inFlight'),
    ...Array.from(keys, () => 'new'),
  ]);
});
