import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idempotencyStoreContract, manualEnvironment } from '@phone82/testkit';
import { createIdempotencyStore, migrate, platformMigrations, purge } from '../src/index.ts';
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
