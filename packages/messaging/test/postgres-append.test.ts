import assert from 'node:assert/strict';
import { test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import { eventually, silentLog, startTestPostgres } from '@phone82/testkit';
import { createPostgresBus, type LoggedRecord } from '../src/index.ts';

test('what PostgreSQL does not take keeps no other record back, and becomes no other order’s', async () => {
  const postgres = await startTestPostgres();
  const bus = createPostgresBus({
    url: await postgres.freshDatabase(),
    environment: realEnvironment,
    log: silentLog,
  });
  const received: LoggedRecord[] = [];
  try {
    const headers = { ce_id: 'a\0b', '\0': '\ud800' };
    const before = Date.now() - 60_000;
    await bus.publish([
      { key: '1\0', value: 'x\0\ud800', headers },
      { key: '2', value: '{}', headers: { ce_type: '\0' } },
      { key: '3', value: '{}', headers: { ce_type: '' } },
    ]);
    await bus.subscribe({
      group: 'g',
      types: new Set(['Shipped']),
      onRecords: async (records) => void received.push(...records),
    });
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0));
    const byKey = received.toSorted((a, b) => String(a.key).localeCompare(String(b.key)));
    assert.deepEqual(
      byKey.map(({ key, value }) => [key, value]),
      [
        ['1\ufffd', 'x\ufffd\ufffd'],
        ['3', '{}'],
      ],
    );
    assert.deepEqual(byKey[0]?.headers, headers);
    for (const { timestamp = 0 } of received) assert.ok(timestamp > before);
  } finally {
    await bus.close();
    await postgres.stop();
  }
});

test('records that are large come a few at a time, and all of them', async () => {
  const postgres = await startTestPostgres();
  const bus = createPostgresBus({
    url: await postgres.freshDatabase(),
    environment: realEnvironment,
    log: silentLog,
  });
  const batches: number[] = [];
  try {
    const value = 'v'.repeat(3 * 1_024 * 1_024);
    for (let number = 0; number < 5; number++) await bus.publish([{ key: '1', value, headers: {} }]);
    await bus.subscribe({ group: 'g', onRecords: async (records) => void batches.push(records.length) });
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0), { timeoutMs: 20_000 });
    assert.deepEqual(batches, [2, 2, 1]);
  } finally {
    await bus.close();
    await postgres.stop();
  }
});
