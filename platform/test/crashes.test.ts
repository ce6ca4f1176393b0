import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import { leftovers } from '../src/home/leftovers.ts';
import { printed, SystemUnderTest } from './fixtures/system-under-test.ts';

describe('after a crash', () => {
  let sut: SystemUnderTest;

  beforeEach(async () => {
    sut = await SystemUnderTest.create();
  });
  afterEach(() => sut.dispose());

  test('of the supervisor, no process is left', async () => {
    await sut.run('up', '--detach');
    const { supervisor } = await sut.status();
    assert.equal((await leftovers(sut.system)).length, 3);
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    await sut.untilNothingRuns();
    assert.equal((await sut.status()).up, false);
  });

  test('of the supervisor, up works at once', async () => {
    await sut.run('up', '--detach');
    const { supervisor } = await sut.status();
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    const { code, stderr } = await sut.run('up', '--detach');
    assert.equal(code, 0, stderr);
    assert.ok((await sut.status()).services.every(({ state }) => state === 'ready'));
  });

  test('of everything, up works as if nothing had happened', async () => {
    await sut.run('up', '--detach');
    const { supervisor } = await sut.status();
    const pids = [supervisor?.pid ?? 0, ...(await leftovers(sut.system)).map(({ pid }) => pid)];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    const { code, stderr } = await sut.run('up', '--detach');
    assert.equal(code, 0, stderr);
  });

  test('of the terminal that waited for it, nothing is left half started', async () => {
    const up = sut.spawn('up', '--detach');
    await printed(up, 'postgres: starting');
    up.kill('SIGKILL');
    await sut.untilNothingRuns();
  });
});

describe('what stands in the way of up is said in a sentence', () => {
  let sut: SystemUnderTest;
  const refused = async (pattern: RegExp) => {
    for (const words of [['up'], ['up', '--detach']]) {
      const { code, stderr } = await sut.run(...words);
      assert.equal(code, 1);
      assert.match(stderr, pattern);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    }
    await sut.untilNothingRuns();
  };

  beforeEach(async () => {
    sut = await SystemUnderTest.create({ FAKE_FAILS: 'store' });
  });
  afterEach(() => sut.dispose());

  test('a taken port', async () => {
    const port = 3001 + sut.system.portOffset;
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    await refused(new RegExp(`Port ${port} \\(store\\) is taken by another program: stop that program`));
    other.close();
  });

  test('a data folder of another version', async () => {
    await mkdir(sut.system.home, { recursive: true });
    await writeFile(path.join(sut.system.home, 'version.json'), '{"layout":99}');
    await refused(/has layout 99, and this phone82 reads layout 1: use the phone82 that made it/);
  });

  test('databases of another PostgreSQL', async () => {
    const cluster = path.join(sut.system.home, 'postgres', 'cluster');
    await mkdir(cluster, { recursive: true });
    await writeFile(path.join(cluster, 'PG_VERSION'), '11\n');
    await refused(/was made by PostgreSQL 11, and this is PostgreSQL \d+: use the version that made it/);
  });

  test('a data folder that can not be written', async () => {
    await writeFile(sut.system.home, 'a file, where a folder should be');
    await refused(/can't write .*: make it writable, or put the data elsewhere with PHONE82_HOME/);
  });

  test('a service that does not come up', async () => {
    await refused(/store does not come up \(it ended with exit code 1\): ".\/phone82 logs store" says why/);
  });

  test('a port offset that is no number', async () => {
    const { environment } = sut;
    const kept = environment.PHONE82_PORT_OFFSET;
    environment.PHONE82_PORT_OFFSET = 'many';
    const { code, stderr } = await endOf(sut.spawn('up'));
    environment.PHONE82_PORT_OFFSET = kept;
    assert.equal(code, 1);
    assert.match(stderr, /PHONE82_PORT_OFFSET=many is not usable: set a whole number/);
  });
});
