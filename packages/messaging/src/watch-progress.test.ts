import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manualEnvironment, recordingLog } from '@phone82/testkit';
import type { GroupLag } from './event-bus.ts';
import { watchProgress } from './watch-progress.ts';

const lagOf = (...partitions: [committed: number, end: number][]): GroupLag => ({
  partitions: partitions.map(([committed, end], partition) => ({ partition, committed, end })),
  total: partitions.reduce((sum, [committed, end]) => sum + end - committed, 0),
});

function watching(first: GroupLag) {
  const environment = manualEnvironment();
  const log = recordingLog();
  const the = { lag: first, isReachable: true, standing: [] as (number | undefined)[] };
  const bus = {
    lag: async () => {
      if (!the.isReachable) throw new Error('no log');
      return the.lag;
    },
  };
  const metrics = { standing: (_: string, seconds: number | undefined) => void the.standing.push(seconds) };
  const watch = watchProgress({ bus, group: 'store', environment, log, metrics });
  return { the, watch, environment, log };
}

describe('a consumer', () => {
  test('with unread records that moves no offset for 30 s is stalled, and says so once', async () => {
    const { the, watch, environment, log } = watching(lagOf([5, 9], [3, 3]));
    const began = environment.now();
    await environment.advance(29_000);
    assert.deepEqual(watch.progress(), { state: 'ok' });
    await environment.advance(60_000);
    assert.deepEqual(watch.progress(), { state: 'stalled', since: began, partitions: [0] });
    assert.deepEqual(
      log.lines.map(({ level, message, fields }) => [level, message, fields.partitions]),
      [['error', 'consumer stalled', [0]]],
    );
    assert.ok((the.standing.at(-1) ?? 0) > 80);
    await watch.stop();
    assert.equal(the.standing.at(-1), undefined);
  });

  test('that goes on says so, and is well again', async () => {
    const { the, watch, environment, log } = watching(lagOf([5, 9]));
    await environment.advance(40_000);
    the.lag = lagOf([6, 9]);
    await environment.advance(5_000);
    assert.deepEqual(watch.progress(), { state: 'ok' });
    assert.deepEqual(
      log.lines.map(({ level, message }) => [level, message]),
      [
        ['error', 'consumer stalled'],
        ['warn', 'consumer makes progress again'],
      ],
    );
    await watch.stop();
  });

  test('that is slow is not stalled, nor one that has nothing to read', async () => {
    const { the, watch, environment, log } = watching(lagOf([0, 100], [7, 7]));
    for (let committed = 1; committed <= 10; committed++) {
      await environment.advance(20_000);
      the.lag = lagOf([committed, 100 + committed], [7, 7]);
      assert.deepEqual(watch.progress(), { state: 'ok' });
    }
    assert.deepEqual(log.lines, []);
    await watch.stop();
  });

  test('is not blamed for the time in which the log could not be asked', async () => {
    const { the, watch, environment } = watching(lagOf([5, 9]));
    await environment.advance(20_000);
    the.isReachable = false;
    await environment.advance(60_000);
    the.isReachable = true;
    await environment.advance(20_000);
    assert.deepEqual(watch.progress(), { state: 'ok' });
    await environment.advance(20_000);
    assert.equal(watch.progress().state, 'stalled');
    await watch.stop();
  });
});
