import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { createPool } from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import { silentLog, startTestPostgres, type TestPostgres } from '@phone82/testkit';
import type { Pool } from 'pg';
import { createPostgresBus } from '../src/index.ts';
import { forgetOldRecords } from '../src/postgres-retention.ts';
import { sequence } from './received.ts';

const HOUR_MS = 60 * 60 * 1000;

describe('the log of the embedded bus', () => {
  let postgres: TestPostgres;
  let url: string;
  let pool: Pool;
  const log = silentLog;
  const environment = realEnvironment;
  const kept = async (): Promise<number> =>
    (await pool.query('select count(*)::int as n from bus.records')).rows[0].n;

  before(async () => {
    postgres = await startTestPostgres();
  });
  after(() => postgres.stop());
  afterEach(() => pool.end());
  beforeEach(async () => {
    url = await postgres.freshDatabase();
    pool = createPool({ url, name: 'retention', poolSize: 1, statementTimeoutMs: 5_000 });
    const bus = createPostgresBus({ url, environment, log });
    await bus.publish(sequence('a', 1, 2_500));
    await bus.close();
    await pool.query('update bus.records set created_at = created_at - $1 where "offset" < 2200', [
      2 * HOUR_MS,
    ]);
  });

  test('is kept for ever unless it is told otherwise', async () => {
    const bus = createPostgresBus({ url, environment, log });
    await bus.ping();
    await bus.close();
    assert.equal(await kept(), 2_500);
  });

  test('loses just what is older than its time, at most a thousand records at once', async () => {
    const slices: number[] = [];
    for (let more = true; more; ) {
      const all = await kept();
      more = await forgetOldRecords(pool, 8, HOUR_MS);
      slices.push(all - (await kept()));
    }
    assert.deepEqual([slices, await kept()], [[1_000, 1_000, 200], 300]);
    const { rows } = await pool.query('select min("offset")::int as first from bus.records');
    assert.equal(rows[0].first, 2_200);
  });
});
