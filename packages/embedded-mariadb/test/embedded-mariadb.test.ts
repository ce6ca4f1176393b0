import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mariadb';
import { type EmbeddedMariadb, startEmbeddedMariadb } from '../src/index.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures', 'start-and-wait.ts');

async function query(server: EmbeddedMariadb, database: string, sql: string) {
  const connection = await createConnection(server.url(database));
  try {
    const answer = await connection.query(sql);
    return Array.isArray(answer) ? [...answer] : answer;
  } finally {
    await connection.end();
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
  const start = () => startEmbeddedMariadb({ dataDir, durable: false });

  before(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'phone82-mariadb-'));
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

  test('two in different folders run side by side', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'phone82-mariadb-'));
    const servers = await Promise.all([start(), startEmbeddedMariadb({ dataDir: other, durable: false })]);
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

  test('starts over where an earlier creation was interrupted', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'phone82-mariadb-'));
    const interrupted = path.join(folder, 'data.new');
    await writeFile(interrupted, 'half');
    const server = await startEmbeddedMariadb({ dataDir: folder, durable: false });
    await server.stop();
    await rm(folder, { recursive: true });
  });

  test('says which port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    await assert.rejects(startEmbeddedMariadb({ dataDir, port, durable: false }), {
      fault: 'portTaken',
      message: new RegExp(`Port ${port} is taken`),
    });
    squatter.close();
  });

  test('says that it can not write below a file', async () => {
    const file = path.join(dataDir, 'a-file');
    await writeFile(file, '');
    await assert.rejects(startEmbeddedMariadb({ dataDir: path.join(file, 'below') }), {
      fault: 'notWritable',
      message: /make the folder writable/,
    });
  });
});
