import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { leftovers } from '../src/home/leftovers.ts';
import { printed, SystemUnderTest, serviceIn } from './fixtures/system-under-test.ts';

const MAIN = path.resolve(import.meta.dirname, '..', 'src', 'main.ts');
const codeAfter = (signal: NodeJS.Signals) => 128 + constants.signals[signal];
/** Also of a command that has ended already. */
const exitCodeOf = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
};

/** Leaves after the first thing that the command prints, as `head -1` does. */
function readOnce(command: ChildProcess): void {
  command.stdout?.once('data', () => command.stdout?.destroy());
}

describe('a command that is interrupted finishes or undoes what it began', () => {
  let sut: SystemUnderTest;
  before(async () => {
    sut = await SystemUnderTest.create();
  });
  afterEach(async () => {
    delete sut.environment.FAKE_ENDS_AFTER_MS;
    await sut.run('down');
  });
  after(() => sut.dispose());

  test('up --detach brings all up although its reader left', async () => {
    const up = sut.spawn('up', '--detach');
    readOnce(up);
    assert.equal(await exitCodeOf(up), 0);
    assert.ok((await sut.status()).services.every(({ state }) => state === 'ready'));
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    test(`up --detach takes down what it started on ${signal}, before it ends`, async () => {
      const up = sut.spawn('up', '--detach');
      await printed(up, 'postgres: starting');
      const ended = exitCodeOf(up);
      up.kill(signal);
      assert.equal(await ended, codeAfter(signal));
      assert.deepEqual(await leftovers(sut.system), []);
      assert.equal((await sut.status()).up, false);
    });

  test('up in the foreground goes on although its reader left', async () => {
    const up = sut.spawn('up');
    readOnce(up);
    await sut.until(({ up, services }) => up && services.every(({ state }) => state === 'ready'));
    const ended = exitCodeOf(up);
    up.kill('SIGTERM');
    assert.equal(await ended, 0);
    await sut.untilNothingRuns();
  });

  test('up in the foreground goes on although the disk of its output is full', async () => {
    const full = openSync('/dev/full', 'w');
    const up = spawn(process.execPath, [MAIN, 'up'], { env: sut.environment, stdio: ['ignore', full, full] });
    await sut.until(({ up, services }) => up && services.every(({ state }) => state === 'ready'));
    const ended = exitCodeOf(up);
    up.kill('SIGTERM');
    assert.equal(await ended, 0);
    await sut.untilNothingRuns();
  });

  test('stop, start and down come to their end at the first interrupt', async () => {
    sut.environment.FAKE_ENDS_AFTER_MS = '5000';
    await sut.run('up', '--detach');
    const stop = sut.spawn('stop', 'store');
    const stopped = exitCodeOf(stop);
    await sut.until((status) => serviceIn(status, 'store').state === 'stopping');
    stop.kill('SIGINT');
    assert.equal(await stopped, 0);
    assert.equal(serviceIn(await sut.status(), 'store').state, 'stopped');
    const start = sut.spawn('start', 'store');
    readOnce(start);
    assert.equal(await exitCodeOf(start), 0);
    assert.equal(serviceIn(await sut.status(), 'store').state, 'ready');
    const down = sut.spawn('down');
    await printed(down, 'stopping');
    const ended = exitCodeOf(down);
    down.kill('SIGHUP');
    assert.equal(await ended, 0);
    assert.deepEqual(await leftovers(sut.system), []);
  });

  test('a second interrupt leaves at once, and says so by its exit code', async () => {
    sut.environment.FAKE_ENDS_AFTER_MS = '3000';
    await sut.run('up', '--detach');
    const down = sut.spawn('down');
    await printed(down, 'stopping');
    const ended = exitCodeOf(down);
    down.kill('SIGINT');
    await printed(down, 'once more to leave at once');
    await sut.until((status) => serviceIn(status, 'store').state === 'stopping');
    down.kill('SIGTERM');
    assert.equal(await ended, codeAfter('SIGTERM'));
    await sut.untilNothingRuns();
  });

  test('a command that only shows something ends by its own exit code when its reader left', async () => {
    await sut.run('up', '--detach');
    const logs = sut.spawn('logs', '--follow');
    readOnce(logs);
    await sut.run('kill', 'store');
    assert.equal(await exitCodeOf(logs), 0);
    await sut.run('down');
    const status = sut.spawn('status');
    status.stdout?.destroy();
    assert.equal(await exitCodeOf(status), 1);
  });
});

describe('run', () => {
  let sut: SystemUnderTest;
  before(async () => {
    sut = await SystemUnderTest.create({ FAKE_EXIT: '7' });
    await sut.run('up', '--detach');
  });
  after(() => sut.dispose());

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    test(`passes ${signal} on, and ends with the exit code of the service`, async () => {
      const run = sut.spawn('run', 'store');
      await printed(run, 'listening');
      const ended = exitCodeOf(run);
      run.kill(signal);
      assert.equal(await ended, 7);
    });

  test('ends the service when it is killed itself', async () => {
    const run = sut.spawn('run', 'store');
    await printed(run, 'listening');
    const services = async () =>
      (await leftovers(sut.system)).filter(({ command }) => command.includes('fake-'));
    assert.equal((await services()).length, 2);
    run.kill('SIGKILL');
    await eventually(async () => assert.equal((await services()).length, 1), { timeoutMs: 10_000 });
  });

  test('has the settings of the caller win, save for the place of the service, and names them', async () => {
    const further = {
      DATABASE_URL: 'sqlite:///elsewhere.db',
      STORE_MANUAL: 'true',
      PORT: '1',
      BUS_URL: 'postgres://x',
    };
    const run = sut.spawnWith(further, 'run', 'store');
    let text = '';
    run.stdout?.on('data', (chunk) => {
      text += chunk;
    });
    await printed(run, 'listening');
    assert.match(text, /^with the DATABASE_URL of your environment$/m);
    const { DATABASE_URL, STORE_MANUAL, PORT, BUS_URL } = await sut.environmentOf('store');
    assert.deepEqual([DATABASE_URL, STORE_MANUAL], ['sqlite:///elsewhere.db', 'true']);
    assert.notEqual(PORT, '1');
    assert.match(BUS_URL ?? '', /fake_bus$/);
    run.kill();
    await exitCodeOf(run);
  });
});
