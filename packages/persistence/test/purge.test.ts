import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { manualEnvironment, tallyMapping } from '@phone82/testkit';
import { createUnitOfWork, migrate, platformMigrations, purge } from '../src/index.ts';
import { platformTables } from '../src/platform-tables.ts';
import { eachDatabase } from './each-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

eachDatabase('purge', (the) => {
  beforeEach(() => migrate(the().database, platformMigrations));

  test('forgets thousands of handled messages after fourteen days, and none before', async () => {
    const environment = manualEnvironment();
    const { database } = the();
    const unitOfWork = createUnitOfWork({ database, mapping: tallyMapping, source: 'test', environment });
    const ids = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const claim = (messageIds: string[]) =>
      unitOfWork.run((transaction) => transaction.claimMessages(messageIds));
    await claim(ids('old-', 2_500));
    await environment.advance(13 * DAY_MS);
    await claim(ids('young-', 3));
    assert.equal((await purge(database, environment)).inbox, 0);
    await environment.advance(DAY_MS + 1);
    assert.equal((await purge(database, environment)).inbox, 2_500);
    assert.equal((await claim(ids('young-', 3))).size, 0);
    assert.equal((await claim(ids('old-', 1))).size, 1);
  });

  test('forgets just the keys that are older than a day, whatever their state', async () => {
    const { database } = the();
    const now = 100 * DAY_MS;
    const remembered = (key: string, age: number, state: 'done' | 'inFlight') => ({
      key,
      state,
      fingerprint: 'f',
      created_at: now - age,
      locked_until: now - age,
    });
    const rows = [
      remembered('old-done', DAY_MS + 1, 'done'),
      remembered('old-in-flight', DAY_MS + 1, 'inFlight'),
      remembered('young-done', DAY_MS, 'done'),
      remembered('young-in-flight', 0, 'inFlight'),
    ];
    await platformTables(database).insertInto('idempotency_keys').values(rows).execute();
    assert.equal((await purge(database, manualEnvironment({ now }))).idempotencyKeys, 2);
    const left = await platformTables(database)
      .selectFrom('idempotency_keys')
      .select('key')
      .orderBy('key')
      .execute();
    assert.deepEqual(
      left.map(({ key }) => key),
      ['young-done', 'young-in-flight'],
    );
  });

  test('forgets the dead letters of an order a year after the youngest of them, and those of no order', async () => {
    const { database } = the();
    const now = 1_000 * DAY_MS;
    const letter = (message_id: string, order_id: number | null, days: number) => ({
      message_id,
      order_id,
      event_type: 'Ordered',
      record: '{}',
      reason: 'planted',
      state: 'dead' as const,
      created_at: now - days * DAY_MS,
    });
    const rows = [
      letter('old', 1, 366),
      letter('parked behind it', 1, 366),
      letter('old of nobody', null, 366),
      letter('old, but another came', 2, 400),
      letter('that other one', 2, 364),
      letter('young', 3, 364),
    ];
    await platformTables(database).insertInto('dead_letters').values(rows).execute();
    assert.equal((await purge(database, manualEnvironment({ now }))).deadLetters, 3);
    const left = await platformTables(database)
      .selectFrom('dead_letters')
      .select('message_id')
      .orderBy('message_id')
      .execute();
    assert.deepEqual(
      left.map(({ message_id }) => message_id),
      ['old, but another came', 'that other one', 'young'],
    );
  });

  test('deletes at most a thousand rows at once, and lets others have their turn in between', async () => {
    const { database } = the();
    const environment = manualEnvironment({ now: 100 * DAY_MS });
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ message_id: `m${index}`, handled_at: 1 }));
    for (let first = 0; first < rows.length; first += 1_000)
      await platformTables(database)
        .insertInto('inbox')
        .values(rows.slice(first, first + 1_000))
        .execute();
    const slices: bigint[] = [];
    const kysely = database.kysely.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        slices.push(result.numAffectedRows ?? 0n);
        return result;
      },
    });
    let turns = 0;
    let purging = true;
    const others = () => {
      turns += 1;
      if (purging) setImmediate(others);
    };
    setImmediate(others);
    await purge({ ...database, kysely }, environment);
    purging = false;
    assert.deepEqual(slices, [1_000n, 1_000n, 1_000n, 1_000n, 1_000n, 0n, 0n, 0n]);
    assert.ok(turns >= 5, `${turns} turns of others`);
  });
});
