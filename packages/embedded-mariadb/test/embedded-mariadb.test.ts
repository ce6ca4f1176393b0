import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalDatabase } from '@phone82/local-server';
import { localDatabaseContract, needs } from '@phone82/testkit';
import { createConnection } from 'mariadb';
import { startEmbeddedMariadb } from '../src/index.ts';

needs('mariadb');

async function query(server: LocalDatabase, database: string, sql: string) {
  const connection = await createConnection(server.url(database));
  try {
    const answer = await connection.query(sql);
    return Array.isArray(answer) ? [...answer] : answer;
  } finally {
    await connection.end();
  }
}

localDatabaseContract('a MariaDB', {
  start: startEmbeddedMariadb,
  query,
  starter: path.join(import.meta.dirname, 'fixtures', 'start-and-wait.ts'),
  leftBehind: 'data.new',
});

describe('the embedded MariaDB', () => {
  let dataDir: string;
  const start = () => startEmbeddedMariadb({ dataDir, durable: false });

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'phone82-mariadb-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  test('tells text apart by its bytes and stores any of Unicode', async () => {
    const server = await start();
    await server.createDatabase('shop');
    await query(server, 'shop', 'create table words (word varchar(20))');
    await query(server, 'shop', "insert into words values ('대리점 📱'), ('b'), ('B'), ('b ')");
    const [{ different }] = await query(
      server,
      'shop',
      'select count(distinct word) as different from words',
    );
    const [{ word }] = await query(server, 'shop', "select word from words where word like '대%'");
    await server.stop();
    assert.deepEqual([Number(different), word], [4, '대리점 📱']);
  });

  test('lets in nobody but its own user with the password', async () => {
    const server = await start();
    for (const [user, password] of [
      ['phone82', 'wrong'],
      ['root', ''],
      ['', ''],
    ] as const) {
      const at = { host: '127.0.0.1', port: server.port, user, password };
      await assert.rejects(createConnection(at), /Access denied/, user);
    }
    await server.stop();
  });

  test('leaves the temporary tables of other servers alone', async () => {
    // A server that starts removes from its folder for temporary files whatever looks like a table left behind.
    const others = path.join(tmpdir(), `#sql-temptable-${process.pid}-1-1.MAI`);
    await writeFile(others, '');
    const server = await start();
    await server.stop();
    assert.deepEqual(await readFile(others, 'utf8'), '');
    await rm(others);
  });
});
