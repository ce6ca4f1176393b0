import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import type { SystemStatus } from '../src/control/protocol.ts';
import { printed, SystemUnderTest, serviceIn } from './fixtures/system-under-test.ts';

describe('a system in the background', () => {
  let sut: SystemUnderTest;

  before(async () => {
    sut = await SystemUnderTest.create({ STORE_MANUAL: 'true', PORT: '1' });
  });
  after(() => sut.dispose());

  test('nothing runs at first, and stopping it succeeds', async () => {
    assert.deepEqual(await sut.run('down'), { code: 0, stdout: 'phone82 is not running\n', stderr: '' });
    const status = await sut.run('status');
    assert.match(status.stdout, /not running/);
    assert.equal(status.code, 1);
    assert.match((await sut.run('start', 'store')).stderr, /nothing is running: start it with/);
  });

  test('up returns when all is ready, and says what runs where, how long it took and what to try', async () => {
    const { code, stdout, stderr } = await sut.run('up', '--detach');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /gateway +ready +http:\/\/localhost:\d+/);
    assert.match(stdout, /ready in \d+\.\d s/);
    assert.equal(stdout.match(/^ {2}curl /gm)?.length, 3);
  });

  test('up again says that it is up already', async () => {
    const { code, stdout } = await sut.run('up', '--detach');
    assert.equal(code, 0);
    assert.match(stdout, /phone82 is up already/);
  });

  test('services get the caller’s variables, but the settings of the system win', async () => {
    const { port } = serviceIn(await sut.status(), 'store');
    const environment = (await (await fetch(`http://127.0.0.1:${port}/env`)).json()) as Record<
      string,
      string
    >;
    assert.equal(environment.STORE_MANUAL, 'true');
    assert.equal(environment.PORT, String(port));
    assert.match(environment.BUS_URL ?? '', /^postgres:\/\/phone82:.+@127\.0\.0\.1:\d+\/fake_bus$/);
    assert.equal(environment.DATABASE_URL, `sqlite://${encodeURI(sut.system.home)}/sqlite/store.db`);
  });

  test('the status gives process, port and memory of each, and the memory of all', async () => {
    const status = await sut.status();
    for (const unit of [...status.services, ...status.servers]) {
      assert.equal(unit?.state, 'ready');
      assert.ok((unit?.pid ?? 0) > 0 && (unit?.memoryMb ?? 0) > 0);
    }
    assert.ok(status.memoryMb >= 20);
  });

  test('a service that is stopped stays down until it is started', async () => {
    assert.match((await sut.run('stop', 'store')).stdout, /stopped; it stays down until/);
    assert.match((await sut.run('stop', 'store')).stdout, /was stopped already/);
    const down = serviceIn(await sut.status(), 'store');
    assert.deepEqual([down.state, down.pid, down.restarts], ['stopped', undefined, 0]);
    assert.match((await sut.run('start', 'store')).stdout, /store is ready \(pid \d+\)/);
    assert.match((await sut.run('start', 'store')).stdout, /runs already/);
  });

  test('a service that is killed is started again as another process', async () => {
    const { pid } = serviceIn(await sut.status(), 'store');
    assert.match((await sut.run('kill', 'store')).stdout, new RegExp(`killed \\(pid ${pid}\\)`));
    const status = await sut.until((now) => {
      const store = serviceIn(now, 'store');
      return store.state === 'ready' && store.pid !== pid;
    });
    assert.equal(serviceIn(status, 'store').restarts, 1);
  });

  test('the database server too is started again when it is killed', async () => {
    const postgresIn = ({ servers }: SystemStatus) => servers.find(({ name }) => name === 'postgres');
    const pid = postgresIn(await sut.status())?.pid;
    await sut.run('kill', 'postgres');
    await sut.until((status) => {
      const postgres = postgresIn(status);
      return postgres?.state === 'ready' && postgres.pid !== pid;
    });
  });

  test('run takes a service over into the foreground', async () => {
    const run = sut.spawn('run', 'store');
    const ended = endOf(run);
    await printed(run, 'listening');
    assert.equal(serviceIn(await sut.status(), 'store').state, 'stopped');
    run.kill('SIGTERM');
    assert.match((await ended).stdout, /hands it back to the supervisor/);
    await sut.run('start', 'store');
  });

  test('the logs of all are shown in the order of time', async () => {
    const { stdout } = await sut.run('logs');
    assert.match(stdout, /gateway +info +listening port=\d+/);
    const times = stdout.match(/^\d\d:\d\d:\d\d\.\d{3}/gm) ?? [];
    assert.ok(times.length > 5);
    assert.deepEqual(times, [...times].sort());
  });

  test('an unknown word or service is refused with exit code 2', async () => {
    const unknown = await sut.run('upp');
    assert.deepEqual([unknown.code, /there is no command "upp"/.test(unknown.stderr)], [2, true]);
    const service = await sut.run('stop', 'shop');
    assert.deepEqual([service.code, /name one of gateway, store/.test(service.stderr)], [2, true]);
  });

  test('doctor finds nothing amiss', async () => {
    const { stdout } = await sut.run('doctor');
    assert.match(stdout, /ok {4}Node /);
    assert.match(stdout, /phone82 is up/);
  });

  test('down stops everything, and reset wipes the data', async () => {
    assert.match((await sut.run('down')).stdout, /phone82 is stopped/);
    await sut.untilNothingRuns();
    const refused = await sut.run('reset');
    assert.deepEqual([refused.code, /with --yes if you are sure/.test(refused.stderr)], [1, true]);
    assert.match((await sut.run('reset', '--yes')).stdout, /is wiped/);
    assert.match((await sut.run('logs')).stdout, /^$/);
  });
});

describe('a system in the foreground', () => {
  let sut: SystemUnderTest;

  before(async () => {
    sut = await SystemUnderTest.create();
  });
  after(() => sut.dispose());

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`stops everything cleanly on ${signal}`, async () => {
      const up = sut.spawn('up');
      const ended = endOf(up);
      await printed(up, 'Ctrl-C stops it');
      up.kill(signal);
      const { code, stdout } = await ended;
      assert.equal(code, 0);
      assert.match(stdout, /phone82 is stopped\n$/);
      await sut.untilNothingRuns();
    });
  }

  test('ends when it is stopped from elsewhere', async () => {
    const up = sut.spawn('up');
    const ended = endOf(up);
    await printed(up, 'Ctrl-C stops it');
    assert.equal((await sut.run('down')).code, 0);
    assert.equal((await ended).code, 0);
  });

  test('two that start at once end up with one system, and both say so', async () => {
    const both = await Promise.all([sut.run('up', '--detach'), sut.run('up', '--detach')]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
      both.map(({ stderr }) => stderr).join('\n'),
    );
    assert.equal(both.filter(({ stdout }) => stdout.includes('is up already')).length, 1);
    await sut.run('down');
  });

  test('an interrupt while it starts stops what was started', async () => {
    const up = sut.spawn('up');
    const ended = endOf(up);
    await printed(up, 'postgres: starting');
    up.kill('SIGINT');
    assert.equal((await ended).code, 0);
    await sut.untilNothingRuns();
  });
});
