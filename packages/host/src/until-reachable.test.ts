import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Log } from '@phone82/runtime';
import { manualEnvironment, recordingLog, silentLog } from '@phone82/testkit';
import { untilReachable } from './until-reachable.ts';

const MINUTE_MS = 60_000;

/** Waits for a server that is there after so long; tells when the wait was over, or why it failed. */
async function wait(
  serverStartsAfterMs: number,
  log: Log = silentLog,
): Promise<{ afterMs: number; error?: Error }> {
  const environment = manualEnvironment({ now: 0 });
  let outcome: { afterMs: number; error?: Error } | undefined;
  const ping = async () => {
    if (environment.now() < serverStartsAfterMs) throw new Error('connection refused');
  };
  void untilReachable({ environment, log }, 'the log', ping).then(
    () => {
      outcome = { afterMs: environment.now() };
    },
    (error) => {
      outcome = { afterMs: environment.now(), error };
    },
  );
  for (let steps = 0; !outcome && steps < 100; steps++) await environment.advance(1_000);
  assert.ok(outcome, 'it waits for ever');
  return outcome;
}

describe('the wait for a server', () => {
  test('is over as soon as it answers', async () => {
    assert.deepEqual(await wait(0), { afterMs: 0 });
    const { afterMs, error } = await wait(5_000);
    assert.equal(error, undefined);
    assert.ok(afterMs >= 5_000 && afterMs <= 5_200, String(afterMs));
  });

  test('is told of once, as soon as it is longer than that of servers that start together', async () => {
    const warnings = async (ms: number) => {
      const log = recordingLog();
      await wait(ms, log);
      return log.lines.filter(({ level }) => level === 'warn').length;
    };
    assert.deepEqual([await warnings(4_000), await warnings(30_000)], [0, 1]);
  });

  test('ends after a minute with what went wrong', async () => {
    const { afterMs, error } = await wait(5 * MINUTE_MS);
    assert.equal(error?.message, 'the log was not reached within a minute: connection refused');
    assert.ok(afterMs > MINUTE_MS && afterMs <= MINUTE_MS + 1_000, String(afterMs));
  });
});
