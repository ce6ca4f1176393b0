import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalDatabase } from '@phone82/local-server';
import { localDatabaseContract } from '@phone82/testkit';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/index.ts';

async function query(server: LocalDatabase, database: string, sql: string) {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

localDatabaseContract('a PostgreSQL', {
  start: startEmbeddedPostgres,
  query,
  starter: path.join(import.meta.dirname, 'fixtures', 'start-and-wait.ts'),
  leftBehind: 'cluster.new',
});

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  const start = () => startEmbeddedPostgres({ dataDir, durable: false });

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'phone82-postgres-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  test('orders text by code point and stores any of Unicode', async () => {
    const server = await start();
    const rows = await query(
      server,
      'postgres',
      `select upper('é') as up, '대리점' as ko, 'b' > 'B' as bytes`,
    );
    await server.stop();
    assert.deepEqual(rows, [{ up: 'É', ko: '대리점', bytes: true }]);
  });

  test('refuses a wrong password', async () => {
    const server = await start();
    const url = new URL(server.url('postgres'));
    url.password = 'wrong';
    const client = new pg.Client({ connectionString: url.href });
    await assert.rejects(client.connect(), /password authentication failed/);
    await server.stop();
  });

  test('is not kept from starting by a lock whose process id belongs to another program now', async () => {
    await writeFile(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    const server = await start();
    await server.stop();
  });

  test('refuses a folder of another major version', async () => {
    const file = path.join(dataDir, 'cluster', 'PG_VERSION');
    const original = await readFile(file);
    await writeFile(file, '12\n');
    await assert.rejects(start(), { fault: 'otherVersion', message: /was made by PostgreSQL 12/ });
    await writeFile(file, original);
  });
});
