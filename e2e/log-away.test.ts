import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { faultsWhileLogAway } from '../chaos/src/experiments/log-away-verdict.ts';
import { ROUTED, takeLogAway } from '../chaos/src/experiments/take-log-away.ts';
import { type SystemUnderChaos, startSystem } from '../chaos/src/system/start-system.ts';

const plan = { rate: 8, beforeMs: 2_000, awayMs: 10_000, afterMs: 3_000 };

describe('behind a router that heeds /readyz, no order is refused and all come to their end', () => {
  let system: SystemUnderChaos;
  before(async () => {
    system = await startSystem(ROUTED, ['--bus', 'kafka']);
    await system.run('load', '--orders', '40', '--rate', '8');
  });
  after(() => system?.dispose());

  for (const how of ['stopped', 'frozen'] as const)
    test(`while Kafka is ${how} for 10 s`, async () => {
      const seen = await takeLogAway(system, { ...plan, how }, () => undefined);
      assert.deepEqual(faultsWhileLogAway(seen), [], JSON.stringify({ ...seen, answers: [...seen.answers] }));
    });
});
