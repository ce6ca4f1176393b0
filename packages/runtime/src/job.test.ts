import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { standingClock } from '../test/standing-clock.ts';
import { type JobOptions, startJob } from './job.ts';
import type { Log } from './lifecycle.ts';

const EVERY_MS = 1_000;

function start(run: JobOptions['run'], log = recordingLog()) {
  const environment = standingClock();
  const job = startJob({ name: 'work', everyMs: EVERY_MS, run }, environment, log);
  return { job, environment };
}

function recordingLog(): Log & { lines: [level: string, fields: Record<string, unknown>][] } {
  const lines: [string, Record<string, unknown>][] = [];
  const at = (level: string) => (fields: object) => void lines.push([level, { ...fields }]);
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A run that counts, and ends when the test says so. */
function gate() {
  let runs = 0;
  let open: () => void = () => undefined;
  return {
    runs: () => runs,
    open: () => open(),
    run: async () => {
      runs++;
      await new Promise<void>((resolve) => {
        open = resolve;
      });
      return 'done' as const;
    },
  };
}

describe('a job', () => {
  test('runs at once, and again after its pause', async () => {
    let runs = 0;
    const { job, environment } = start(async () => {
      runs++;
      return 'done';
    });
    await environment.advance(0);
    assert.equal(runs, 1);
    await environment.advance(EVERY_MS - 1);
    assert.equal(runs, 1);
    await environment.advance(1);
    assert.equal(runs, 2);
    await job.stop();
  });

  test('runs again without a pause while there is more to do', async () => {
    let left = 5;
    const { job, environment } = start(async () => (--left > 0 ? 'more' : 'done'));
    await environment.advance(0);
    assert.equal(left, 0);
    await job.stop();
  });

  test('that is nudged runs without waiting', async () => {
    let runs = 0;
    const { job, environment } = start(async () => {
      runs++;
      return 'done';
    });
    await environment.advance(0);
    job.nudge();
    await environment.advance(0);
    assert.equal(runs, 2);
    await job.stop();
  });

  test('that is nudged often while it runs, runs once more', async () => {
    const { runs, run, open } = gate();
    const { job, environment } = start(run);
    await environment.advance(0);
    for (let nudges = 0; nudges < 5; nudges++) job.nudge();
    open();
    await environment.advance(0);
    assert.equal(runs(), 2);
    open();
    await environment.advance(0);
    assert.equal(runs(), 2);
    assert.equal(environment.sleeping(), 1, 'it waits again after the nudges');
    await job.stop();
  });

  test('waits its whole pause again after it was nudged', async () => {
    let runs = 0;
    const { job, environment } = start(async () => {
      runs++;
      return 'done';
    });
    await environment.advance(0);
    job.nudge();
    await environment.advance(0);
    await environment.advance(EVERY_MS - 1);
    assert.equal(runs, 2);
    await environment.advance(1);
    assert.equal(runs, 3);
    await job.stop();
  });

  test('that fails says so, and tries again after three quarters of a second on average', async () => {
    let runs = 0;
    const log = recordingLog();
    const { job, environment } = start(async () => {
      if (++runs === 1) throw new Error('no connection');
      return 'done';
    }, log);
    await environment.advance(0);
    assert.deepEqual(
      log.lines.map(([level, fields]) => [level, fields.job, (fields.err as Error).message]),
      [['error', 'work', 'no connection']],
    );
    await environment.advance(749);
    assert.equal(runs, 1);
    await environment.advance(1);
    assert.equal(runs, 2);
    await job.stop();
  });

  test('that failed keeps its pause, however often it is nudged', async () => {
    let runs = 0;
    const { job, environment } = start(async () => {
      runs++;
      throw new Error('no connection');
    });
    await environment.advance(0);
    job.nudge();
    await environment.advance(0);
    assert.equal(runs, 1);
    await environment.advance(750);
    assert.equal(runs, 2);
    await job.stop();
  });

  test('that stops finishes what is under way, tells it to hurry, and never runs again', async () => {
    let signal: AbortSignal | undefined;
    const { runs, run, open } = gate();
    const { job, environment } = start((given) => {
      signal = given;
      return run();
    });
    await environment.advance(0);
    let stopped = false;
    const stopping = job.stop().then(() => {
      stopped = true;
    });
    await environment.advance(0);
    assert.deepEqual([stopped, signal?.aborted], [false, true]);
    open();
    await environment.advance(0);
    await stopping;
    await environment.advance(10 * EVERY_MS);
    assert.equal(runs(), 1);
  });

  test('that stops while it waits does not wait on', async () => {
    const { job, environment } = start(async () => 'done');
    await environment.advance(0);
    await job.stop();
    assert.equal(environment.sleeping(), 0);
  });
});
