import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { runProgram, spawnGuarded } from './index.ts';
import { serverEnvironment, systemEnvironment } from './system-environment.ts';

const hostile = {
  PGOPTIONS: '-c search_path=elsewhere',
  PGSSLMODE: 'require',
  JAVA_TOOL_OPTIONS: '-Xmx1m',
  KAFKA_OPTS: '-Dx=y',
  MYSQL_TCP_PORT: '1',
  NODE_OPTIONS: '--no-such-option',
  DATABASE_URL: 'postgres://elsewhere/shop',
  HTTP_PROXY: 'http://127.0.0.1:1',
  LC_ALL: 'ko_KR.EUC-KR',
  TZ: 'Pacific/Kiritimati',
};

test('a server sees where programs are, and speaks one language in UTC', () => {
  const seen = serverEnvironment({ PATH: '/bin', HOME: '/home/a', LD_PRELOAD: '/lib/a.so', ...hostile });
  assert.deepEqual(seen, {
    PATH: '/bin',
    HOME: '/home/a',
    LD_PRELOAD: '/lib/a.so',
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
  });
});

test('what is not set stays so', () => {
  assert.deepEqual(systemEnvironment({ PATH: '/bin' }), { PATH: '/bin' });
});

describe('a program that is started for a server gets nothing that is meant for another one', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const unchanged = { ...process.env };
  before(async () => {
    folder = await temporaryFolder();
    Object.assign(process.env, hostile);
  });
  after(async () => {
    for (const key of Object.keys(hostile)) {
      if (unchanged[key] === undefined) delete process.env[key];
      else process.env[key] = unchanged[key];
    }
    await folder.remove();
  });
  const check = (printed: string) => {
    assert.match(printed, /^PATH=/m);
    for (const [key, value] of Object.entries(hostile))
      assert.ok(!printed.includes(`${key}=${value}`), `${key} was passed on`);
  };

  test('the server itself', async () => {
    const logFile = join(folder.path, 'log');
    const server = spawnGuarded({ words: ['env'], cwd: '/', logFile, stopSignal: 'SIGTERM' });
    await server.exited;
    check(await readFile(logFile, 'utf8'));
  });

  test('its other programs', async () => {
    const printed = join(folder.path, 'printed');
    await runProgram({ prefix: [], owner: { uid: 0, gid: 0 } }, folder.path, [
      'sh',
      '-c',
      `env > '${printed}'`,
    ]);
    check(await readFile(printed, 'utf8'));
  });
});
