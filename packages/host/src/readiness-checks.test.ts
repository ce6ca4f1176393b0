import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConsumerProgress, Membership } from '@phone82/messaging';
import { readinessChecks } from './readiness-checks.ts';

interface Said {
  readonly database?: string;
  readonly log?: string;
  readonly group?: string;
  readonly membership?: Membership;
  readonly progress?: ConsumerProgress;
}

/** The checks that fail, as `name: reason`, apart by whether they gate. */
async function failures({ database, log, group = 'app', membership = 'member', progress }: Said) {
  const checks = readinessChecks({
    database: { ping: async () => (database ? Promise.reject(new Error(database)) : undefined) },
    log: async () => log,
    consumer: {
      group: () => group || undefined,
      membership: () => membership,
      progress: () => progress,
    },
  });
  const found: { gating: string[]; reported: string[] } = { gating: [], reported: [] };
  for (const { name, gates, check } of checks)
    await check().catch(({ message }: Error) =>
      (gates ? found.gating : found.reported).push(`${name}: ${message}`),
    );
  return found;
}

const none = { gating: [], reported: [] };

describe('a service is', () => {
  test('ready while all is well', async () => {
    assert.deepEqual(await failures({ progress: { state: 'ok' } }), none);
  });

  test('not ready without its database', async () => {
    assert.deepEqual(await failures({ database: 'refused' }), { ...none, gating: ['database: refused'] });
  });

  test('ready without the log, which is reported', async () => {
    const away = { log: 'refused', membership: 'logUnreachable' } as const;
    assert.deepEqual(await failures(away), { ...none, reported: ['bus: refused'] });
  });

  test('not ready while the log refuses it as a member of its consumer group', async () => {
    const { gating, reported } = await failures({ membership: 'refused' });
    assert.deepEqual([gating.length, reported], [1, []]);
    assert.match(gating[0] ?? '', /^consumerGroup: .* into the consumer group app: another implementation/);
  });

  test('ready while it joins the group, and before it has one', async () => {
    assert.deepEqual(await failures({ membership: 'joining' }), none);
    assert.deepEqual(await failures({ group: '', membership: 'refused' }), none);
  });

  test('ready with a stalled consumer, which is reported with group, partitions and time', async () => {
    const progress = { state: 'stalled', since: 0, partitions: [2, 5] } as const;
    const reason =
      'consumer: partitions 2, 5 of the group app made no progress since 1970-01-01T00:00:00.000Z';
    assert.deepEqual(await failures({ progress }), { ...none, reported: [reason] });
  });
});
