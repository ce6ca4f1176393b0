import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuPerOrder, usageOf } from './usage.ts';

test('counts the time and the memory of a process', async () => {
  const before = await usageOf({ me: process.pid });
  for (const end = performance.now() + 200; performance.now() < end; ) JSON.stringify(before);
  const after = await usageOf({ me: process.pid });
  assert.ok((after.cpuSeconds.me ?? 0) > (before.cpuSeconds.me ?? 0));
  assert.ok(after.rssMb > 20 && after.pssMb <= after.rssMb);
});

test('shares the time among the orders', () => {
  const usage = (app: number) => ({ cpuSeconds: { app }, rssMb: 0, pssMb: 0 });
  assert.deepEqual(cpuPerOrder(usage(1), usage(3), 1_000), { app: 2 });
});
