import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConsumerState } from './consumer-state.ts';
import { readinessChecks } from './readiness-checks.ts';

const ofGroup = (state: Partial<ConsumerState>): ConsumerState => ({ group: 'app', stalledMs: 0, ...state });

/** The checks that fail, as `name: reason`, apart by whether they gate. */
async function failures(
  sources: { log?: string; database?: string; consumers?: readonly ConsumerState[] } = {},
) {
  const { database, log, consumers = [] } = sources;
  const checks = readinessChecks({
    database: { ping: async () => (database ? Promise.reject(new Error(database)) : undefined) },
    log: async () => log,
    consumers: () => consumers,
  });
  const found: { gating: string[]; reported: string[] } = { gating: [], reported: [] };
  for (const { name, gates, check } of checks)
    await check().catch((error: Error) => (gates ? found.gating : found.reported).push(`${name}: ${error.message}`));
  return found;
}

describe('a service is', () => {
  test('ready while all is well', async () => {
    assert.deepEqual(await failures({ consumers: [ofGroup({})] }), { gating: [], reported: [] });
  });

  test('not ready without its database', async () => {
    assert.deepEqual((await failures({ database: 'refused' })).gating, ['database: refused']);
  });

  test('ready without the log, which is reported', async () => {
    assert.deepEqual(await failures({ log: 'refused' }), { gating: [], reported: ['bus: refused'] });
  });

  test('not ready while the log refuses it as a member of its consumer group', async () => {
    const consumers = [ofGroup({}), ofGroup({ group: 'view-2', refused: 'another protocol' })];
    const reason = 'consumerGroup: out of the consumer group view-2: another protocol';
    assert.deepEqual(await failures({ consumers }), { gating: [reason], reported: [] });
  });

  test('ready with a stalled consumer, which is reported after 30 s with the reason', async () => {
    const stalledFor = (stalledMs: number) =>
      failures({ consumers: [ofGroup({ stalledMs, reason: 'cannot add' })] });
    const reason = 'consumer: the consumer app has made no progress for 30 s: cannot add';
    assert.deepEqual(await stalledFor(29_999), { gating: [], reported: [] });
    assert.deepEqual(await stalledFor(30_000), { gating: [], reported: [reason] });
  });
});
