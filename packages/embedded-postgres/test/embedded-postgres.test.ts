import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/index.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures', 'start-and-wait.ts');

async function query(server: EmbeddedPostgres, database: string, sql: string) {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function isAlive(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (state !== undefined) return !/\) Z /.test(state);
  try {
    return process.platform !== 'linux' && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'did not happen within 10 s');
    await delay(20);
  }
}

describe('the embedded server', () => {
  let dataDir: string;
  const start = () => startEmbeddedPostgres({ dataDir, durable: false });

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'phone82-postgres-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  test('keeps databases and rows over a stop and a start', async () => {
    const first = await start();
    await first.createDatabase('shop', 'bus');
    await query(first, 'shop', 'create table orders (id int)');
    await query(first, 'shop', 'insert into orders values (7)');
    await first.stop();
    await first.stop();
    const second = await start();
    await second.createDatabase('shop');
    assert.deepEqual(await query(second, 'shop', 'select id from orders'), [{ id: 7 }]);
    await second.stop();
  });

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

  test('two in different folders run side by side', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'phone82-postgres-'));
    const servers = await Promise.all([start(), startEmbeddedPostgres({ dataDir: other, durable: false })]);
    assert.notEqual(servers[0]?.port, servers[1]?.port);
    await Promise.all(servers.map((server) => server.stop()));
    await rm(other, { recursive: true });
  });

  test('ends by itself when the process that started it is killed, and starts again at once', async () => {
    const caller = spawn(process.execPath, [FIXTURE, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(caller.stdout, 'data')) as [Buffer];
    const { pid } = JSON.parse(String(line)) as { pid: number };
    caller.kill('SIGKILL');
    const next = await start();
    await until(async () => !(await isAlive(pid)));
    await next.stop();
  });

  test('recovers what was committed before the server itself was killed', async () => {
    const first = await start();
    process.kill(first.pid, 'SIGKILL');
    assert.match(await first.exited, /SIGKILL/);
    const second = await start();
    assert.deepEqual(await query(second, 'shop', 'select id from orders'), [{ id: 7 }]);
    await second.stop();
  });

  test('is not kept from starting by a lock whose process id belongs to another program now', async () => {
    await writeFile(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    const server = await start();
    await server.stop();
  });

  test('starts over where an earlier creation was interrupted', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'phone82-postgres-'));
    const interrupted = path.join(folder, 'cluster.new');
    await writeFile(interrupted, 'half');
    const server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
    await server.stop();
    await rm(folder, { recursive: true });
  });

  test('says which port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    await assert.rejects(startEmbeddedPostgres({ dataDir, port, durable: false }), {
      fault: 'portTaken',
      message: new RegExp(`Port ${port} is taken`),
    });
    squatter.close();
  });

  test('refuses a folder of another major version', async () => {
    const file = path.join(dataDir, 'cluster', 'PG_VERSION');
    const original = await readFile(file);
    await writeFile(file, '12\n');
    await assert.rejects(start(), { fault: 'otherVersion', message: /was made by PostgreSQL 12/ });
    await writeFile(file, original);
  });

  test('says that it can not write below a file', async () => {
    const file = path.join(dataDir, 'a-file');
    await writeFile(file, '');
    await assert.rejects(startEmbeddedPostgres({ dataDir: path.join(file, 'below') }), {
      fault: 'notWritable',
      message: /make the folder writable/,
    });
  });
});
