import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scheduler } from './scheduler.ts';
import { newProcess } from './simulated-process.ts';
import { Trace } from './trace.ts';

function frozenUntil(until: number) {
  const scheduler = new Scheduler(new Trace(10));
  const process = newProcess('store-1', 'store');
  const ran: string[] = [];
  process.frozenUntil = until;
  const plan = (delayMs: number, name: string, owner?: typeof process) =>
    scheduler.plan(delayMs, name, () => void ran.push(`${name} at ${scheduler.now}`), owner);
  plan(1, 'first', process);
  plan(2, 'another process');
  plan(3, 'second', process);
  return { scheduler, process, ran };
}

test('a frozen process does late what it was to do, and holds up no other', async () => {
  const { scheduler, ran } = frozenUntil(20_000);
  await scheduler.runUntil(30_000);
  assert.deepEqual(ran, ['another process at 2', 'first at 20000', 'second at 20000']);
});

test('a process that thaws early goes on at once with what it held back, in order', async () => {
  const { scheduler, process, ran } = frozenUntil(20_000);
  await scheduler.runUntil(10);
  scheduler.thaw(process);
  await scheduler.runUntil(11);
  assert.deepEqual(ran, ['another process at 2', 'first at 10', 'second at 10']);
});
