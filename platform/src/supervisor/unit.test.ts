import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { type Running, Unit } from './unit.ts';

/** A clock that moves only when told; sleeps end by advancing it or by their signal. */
class ManualClock implements Clock {
  time = 0;
  readonly pauses: number[] = [];
  #sleepers: { until: number; wake: () => void }[] = [];

  now = () => this.time;

  sleep = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((wake) => {
      this.pauses.push(ms);
      this.#sleepers.push({ until: this.time + ms, wake });
      signal?.addEventListener('abort', () => wake());
    });

  async advance(ms: number): Promise<void> {
    this.time += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.time);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
    for (const { wake } of due) wake();
    await turn();
  }
}

/** Processes without processes: each launch can be made ready or ended by hand. */
function fakeProcesses() {
  const launched: {
    refuse(message: string): Promise<void>;
    end(reason: string): Promise<void>;
    ready(): Promise<void>;
    stopped: boolean;
  }[] = [];
  const launch = async (): Promise<Running> => {
    const exit = Promise.withResolvers<string>();
    const ready = Promise.withResolvers<void>();
    let refusal: string | undefined;
    const handle = {
      stopped: false,
      refuse: async (message: string) => {
        refusal = message;
        exit.resolve('ended with exit code 78');
        await turn();
      },
      end: async (reason: string) => {
        exit.resolve(reason);
        await turn();
      },
      ready: async () => {
        ready.resolve();
        await turn();
      },
    };
    launched.push(handle);
    return {
      pid: launched.length,
      exited: exit.promise,
      refusal: async () => refusal,
      untilReady: () => ready.promise,
      stop: async () => {
        handle.stopped = true;
        exit.resolve('ended with exit code 0');
      },
      kill: () => exit.resolve('was ended by SIGKILL'),
    };
  };
  return { launched, launch, last: () => launched.at(-1) as (typeof launched)[number] };
}

function unitWith(launch: () => Promise<Running>) {
  const clock = new ManualClock();
  const events: string[] = [];
  const unit = new Unit({ name: 'store', launch, clock, onEvent: (_, happened) => events.push(happened) });
  return { unit, clock, events };
}

describe('a supervised process', () => {
  test('is ready when it says so, and not before', async () => {
    const { launch, last } = fakeProcesses();
    const { unit } = unitWith(launch);
    await unit.start();
    await turn();
    assert.equal(unit.state, 'starting');
    await last().ready();
    assert.equal(unit.state, 'ready');
    assert.equal(await unit.untilReady(1), true);
  });

  test('is started again after a crash, with waits that double up to five seconds', async () => {
    const { launch, last, launched } = fakeProcesses();
    const { unit, clock } = unitWith(launch);
    await unit.start();
    for (let crash = 0; crash < 8; crash++) {
      await turn();
      await last().end('ended with exit code 1');
      await clock.advance(5_000);
    }
    assert.deepEqual(clock.pauses, [100, 200, 400, 800, 1600, 3200, 5000, 5000]);
    assert.equal(unit.restarts, 8);
    assert.equal(launched.length, 9);
  });

  test('that refuses to start is not started again, says why, and can be started by hand', async () => {
    const { launch, last, launched } = fakeProcesses();
    const { unit, clock, events } = unitWith(launch);
    await unit.start();
    await turn();
    await last().refuse('The database is empty.');
    await turn();
    assert.deepEqual([unit.state, launched.length, clock.pauses], ['stopped', 1, []]);
    assert.equal(events.at(-1), 'refuses to start: The database is empty.');
    assert.deepEqual(
      [unit.lastFailure?.reason, unit.lastFailure?.isRefusal],
      ['The database is empty.', true],
    );
    assert.equal(await unit.untilReady(4), false);
    assert.equal(await unit.start(), true);
    await turn();
    await last().ready();
    assert.equal(unit.state, 'ready');
  });

  test('starts over with a short wait once it lived for ten seconds', async () => {
    const { launch, last } = fakeProcesses();
    const { unit, clock } = unitWith(launch);
    await unit.start();
    await turn();
    await last().end('crash');
    await clock.advance(100);
    await last().end('crash');
    await clock.advance(200);
    await clock.advance(10_000);
    await last().end('crash');
    assert.deepEqual(clock.pauses, [100, 200, 100]);
  });

  test('is started again when it was killed', async () => {
    const { launch, last, launched } = fakeProcesses();
    const { unit, clock, events } = unitWith(launch);
    await unit.start();
    await turn();
    await last().ready();
    assert.equal(unit.kill(), 1);
    await turn();
    assert.equal(unit.state, 'restarting');
    assert.match(events.at(-1) ?? '', /SIGKILL; starting again in 100 ms/);
    await clock.advance(100);
    assert.equal(launched.length, 2);
    assert.equal(unit.pid, 2);
  });

  test('stays down after a stop, until it is started', async () => {
    const { launch, last, launched } = fakeProcesses();
    const { unit, clock } = unitWith(launch);
    await unit.start();
    await turn();
    assert.equal(await unit.stop(), true);
    assert.equal(last().stopped, true);
    await clock.advance(60_000);
    assert.equal(launched.length, 1);
    assert.equal(unit.state, 'stopped');
    assert.equal(await unit.start(), true);
    await turn();
    assert.equal(launched.length, 2);
  });

  test('stopping what is stopped and starting what is started change nothing', async () => {
    const { launch, launched } = fakeProcesses();
    const { unit } = unitWith(launch);
    assert.equal(await unit.stop(), false);
    await unit.start();
    await turn();
    assert.equal(await unit.start(), false);
    assert.equal(launched.length, 1);
  });

  test('can be stopped while it waits for its next start', async () => {
    const { launch, last, launched } = fakeProcesses();
    const { unit, clock } = unitWith(launch);
    await unit.start();
    await turn();
    await last().end('crash');
    assert.equal(unit.state, 'restarting');
    assert.equal(await unit.stop(), true);
    await clock.advance(60_000);
    assert.equal(launched.length, 1);
  });

  test('a stop during the launch ends the process that the launch brings', async () => {
    const processes = fakeProcesses();
    const gate = Promise.withResolvers<void>();
    const { unit } = unitWith(async () => {
      await gate.promise;
      return processes.launch();
    });
    await unit.start();
    const stopped = unit.stop();
    gate.resolve();
    await stopped;
    assert.equal(processes.last().stopped, true);
    assert.equal(unit.state, 'stopped');
  });

  test('whoever waits for it to be ready is told when it fails too often', async () => {
    const { launch, last } = fakeProcesses();
    const { unit, clock } = unitWith(launch);
    await unit.start();
    const ready = unit.untilReady(2);
    await turn();
    await last().end('ended with exit code 1');
    await clock.advance(100);
    await last().end('ended with exit code 1');
    assert.equal(await ready, false);
    assert.equal(unit.lastFailure?.reason, 'ended with exit code 1');
  });

  test('gives up when the first launch throws and that must not be', async () => {
    const launch = () => Promise.reject(new Error('the disk is full'));
    const clock = new ManualClock();
    const unit = new Unit({
      name: 'postgres',
      launch,
      clock,
      firstLaunchMustSucceed: true,
      onEvent: () => {},
    });
    await unit.start();
    assert.equal(await unit.untilReady(1), false);
    assert.deepEqual(
      [unit.state, unit.lastFailure?.reason, clock.pauses.length],
      ['stopped', 'the disk is full', 0],
    );
  });

  test('a launch that throws counts as a crash, and its error is kept', async () => {
    const failure = new Error('no such program');
    const { unit, clock } = unitWith(() => Promise.reject(failure));
    await unit.start();
    assert.equal(await unit.untilReady(1), false);
    assert.equal(unit.lastFailure?.error, failure);
    assert.deepEqual(clock.pauses, [100]);
  });
});
