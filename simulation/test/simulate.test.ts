import assert from 'node:assert/strict';
import { test } from 'node:test';
import { simulate } from '../src/run.ts';

const SEED = 7;

test('a seed gives the same run again, step by step, and another seed another one', async () => {
  const [first, again, other] = [
    await simulate({ seed: SEED }),
    await simulate({ seed: SEED }),
    await simulate({ seed: SEED + 1 }),
  ];
  assert.deepEqual([again.hash, again.steps, again.faults], [first.hash, first.steps, first.faults]);
  assert.deepEqual(again.lines, first.lines);
  assert.notEqual(other.hash, first.hash);
});

test('a run gives the clock and the chance of the process back', async () => {
  const [now, random, timer] = [Date, Math.random, setTimeout];
  await simulate({ seed: SEED });
  assert.deepEqual([Date, Math.random, setTimeout], [now, random, timer]);
  assert.ok(Date.now() > Date.UTC(2026, 10, 1));
});

test('a fault that is left out does not strike', async () => {
  const { faults } = await simulate({ seed: SEED });
  const [kind = ''] = Object.keys(faults);
  const without = await simulate({ seed: SEED, without: new Set([kind]) });
  assert.equal(without.faults[kind], undefined);
});
