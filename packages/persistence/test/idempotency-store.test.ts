import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { type ManualEnvironment, manualEnvironment } from '@phone82/testkit';
import {
  createIdempotencyStore,
  type IdempotencyStore,
  migrate,
  platformMigrations,
  purge,
} from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const HOUR_MS = 60 * 60 * 1000;
const answer = { status: 201, headers: { location: '/orders/1' }, body: '{"id":1,"item":"갤럭시"}' };

eachDatabase('idempotency store', (the) => {
  let environment: ManualEnvironment;
  let store: IdempotencyStore;
  beforeEach(async () => {
    environment = manualEnvironment();
    store = createIdempotencyStore(the().database, environment);
    await migrate(the().database, platformMigrations);
  });

  test('lets one of several requests with a key through', async () => {
    const outcomes = await Promise.all([1, 2, 3].map(() => store.begin('k', 'f', 1_000)));
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['inFlight', 'inFlight', 'new']);
  });

  test('replays the first answer', async () => {
    await store.begin('k', 'f', 1_000);
    await store.complete('k', answer);
    await store.complete('k', { ...answer, status: 500 });
    assert.deepEqual(await store.begin('k', 'f', 1_000), { kind: 'replay', ...answer });
  });

  test('refuses a key with another request, in flight or done', async () => {
    await store.begin('k', 'f', 1_000);
    assert.deepEqual(await store.begin('k', 'other', 1_000), { kind: 'mismatch' });
    await store.complete('k', answer);
    assert.deepEqual(await store.begin('k', 'other', 1_000), { kind: 'mismatch' });
  });

  test('lets one request take over when the first one gave no answer in its time', async () => {
    await store.begin('k', 'f', 1_000);
    await environment.advance(999);
    assert.equal((await store.begin('k', 'f', 1_000)).kind, 'inFlight');
    await environment.advance(1);
    const outcomes = await Promise.all([1, 2].map(() => store.begin('k', 'f', 1_000)));
    assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['inFlight', 'new']);
  });

  test('forgets a released key, but never an answer', async () => {
    await store.begin('k', 'f', 1_000);
    await store.release('k');
    assert.equal((await store.begin('k', 'f', 1_000)).kind, 'new');
    await store.complete('k', answer);
    await store.release('k');
    assert.equal((await store.begin('k', 'f', 1_000)).kind, 'replay');
  });

  test('is purged after a day', async () => {
    await store.begin('old', 'f', 1_000);
    await environment.advance(23 * HOUR_MS);
    await store.begin('young', 'f', 1_000);
    await environment.advance(HOUR_MS + 1);
    assert.deepEqual(await purge(the().database, environment), { inbox: 0, idempotencyKeys: 1 });
    assert.equal((await store.begin('young', 'f', 1_000)).kind, 'new');
    assert.equal((await store.begin('old', 'f', 1_000)).kind, 'new');
  });
});
