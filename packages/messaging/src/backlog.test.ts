import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBacklog } from './backlog.ts';

/** A log of two partitions, of which five and three records were there when the consumer began. */
function setting() {
  const committed = [0, 0];
  const ends = [5, 3];
  let now = 0;
  let isAway = false;
  const bus = {
    lag: async () => {
      if (isAway) throw new Error('away');
      const partitions = ends.map((end, partition) => ({
        partition,
        end,
        committed: committed[partition] ?? 0,
      }));
      return { partitions, total: 0 };
    },
  };
  const backlog = createBacklog({ bus: bus as never, group: 'marketing', environment: { now: () => now } });
  return {
    backlog,
    committed,
    ends,
    pass: (ms: number) => {
      now += ms;
    },
    leave: (away: boolean) => {
      isAway = away;
    },
  };
}

test('holds the records that were there at the beginning, and no later ones', async () => {
  const { backlog, ends } = setting();
  await backlog.note();
  ends[0] = 9;
  const { holds } = await backlog.note();
  const held = [4, 5, 8].map((offset) => holds({ partition: 0, offset }));
  assert.deepEqual(held, [true, false, false]);
  assert.equal(holds({ partition: 7, offset: 0 }), false, 'a partition that came later');
});

test('is handled once every partition is read to where it ended, whatever came later', async () => {
  const { backlog, committed, ends, pass } = setting();
  assert.equal((await backlog.note()).isHandled, false);
  committed.splice(0, 2, 5, 2);
  pass(200);
  assert.equal((await backlog.note()).isHandled, false, 'one record of the other partition is left');
  committed.splice(0, 2, 5, 3);
  ends.splice(0, 2, 50, 30);
  pass(200);
  assert.equal((await backlog.note()).isHandled, true);
  committed.splice(0, 2, 0, 0);
  assert.equal((await backlog.note()).isHandled, true, 'what was handled once stays so');
});

test('is not handled as long as the log cannot be asked', async () => {
  const { backlog, committed, pass, leave } = setting();
  await backlog.note();
  committed.splice(0, 2, 5, 3);
  leave(true);
  pass(200);
  assert.equal((await backlog.note()).isHandled, false);
  leave(false);
  pass(200);
  assert.equal((await backlog.note()).isHandled, true);
});
