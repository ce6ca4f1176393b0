import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LocalDatabase, LocalDatabaseOptions } from '@phone82/local-server';
import { eventually } from './eventually.ts';

export interface LocalDatabaseUnderTest {
  start(options: LocalDatabaseOptions): Promise<LocalDatabase>;
  /** The rows that a statement finds. */
  query(server: LocalDatabase, database: string, sql: string): Promise<unknown>;
  /** A program that starts the server in the folder named by its argument, prints its `pid` as JSON, and waits. */
  readonly starter: string;
  /** What a creation that was interrupted leaves in the data folder. */
  readonly leftBehind: string;
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

/** What every database server of one's own does, whatever it is. */
export function localDatabaseContract(name: string, subject: LocalDatabaseUnderTest): void {
  describe(`${name} of one’s own`, () => {
    let dataDir: string;
    before(async () => {
      dataDir = await newFolder();
    });
    after(() => rm(dataDir, { recursive: true, force: true }));
    lifeCases(subject, () => dataDir);
    folderCases(subject, () => dataDir);
  });
}

const newFolder = () => mkdtemp(path.join(tmpdir(), 'phone82-local-database-'));

function lifeCases({ start: startIn, query, starter }: LocalDatabaseUnderTest, folder: () => string): void {
  const start = () => startIn({ dataDir: folder(), durable: false });

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

  test('two in different folders run side by side', async () => {
    const other = await newFolder();
    const servers = await Promise.all([start(), startIn({ dataDir: other, durable: false })]);
    assert.notEqual(servers[0]?.port, servers[1]?.port);
    await Promise.all(servers.map((server) => server.stop()));
    await rm(other, { recursive: true });
  });

  test('ends by itself when the process that started it is killed, and starts again at once', async () => {
    const caller = spawn(process.execPath, [starter, folder()], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(caller.stdout, 'data')) as [Buffer];
    const { pid } = JSON.parse(String(line)) as { pid: number };
    caller.kill('SIGKILL');
    const next = await start();
    await eventually(async () => assert.equal(await isAlive(pid), false), { timeoutMs: 10_000 });
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

  test('says which port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    await assert.rejects(startIn({ dataDir: folder(), port, durable: false }), {
      fault: 'portTaken',
      message: new RegExp(`Port ${port} is taken`),
    });
    squatter.close();
  });
}

function folderCases({ start, leftBehind }: LocalDatabaseUnderTest, folder: () => string): void {
  test('starts over where an earlier creation was interrupted', async () => {
    const dataDir = await newFolder();
    await writeFile(path.join(dataDir, leftBehind), 'half');
    const server = await start({ dataDir, durable: false });
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  test('says that it can not write below a file', async () => {
    const file = path.join(folder(), 'a-file');
    await writeFile(file, '');
    await assert.rejects(start({ dataDir: path.join(file, 'below') }), {
      fault: 'notWritable',
      message: /make the folder writable/,
    });
  });

  test('takes no folder in hand that holds something else', async () => {
    const foreign = await newFolder();
    const mine = path.join(foreign, 'thesis.txt');
    await writeFile(mine, 'mine');
    // Open to others, so that the server would run as one of them.
    await chmod(foreign, 0o755);
    const before = await stat(mine);
    try {
      // A server that runs as the owner has nothing to take in hand, and starts; any other refuses.
      const server = await start({ dataDir: foreign }).catch((error: Error) => {
        assert.match(error.message, /holds "thesis.txt"/);
      });
      await server?.stop();
      for (const place of [foreign, mine]) assert.equal((await stat(place)).uid, before.uid);
    } finally {
      await rm(foreign, { recursive: true, force: true });
    }
  });
}
