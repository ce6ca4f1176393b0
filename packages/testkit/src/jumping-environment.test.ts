import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jumpingEnvironment } from './jumping-environment.ts';

const HOUR_MS = 3_600_000;

test('a jump moves the time, and wakes who is due by then and no one else', async () => {
  const environment = jumpingEnvironment();
  const began = environment.now();
  const woken: string[] = [];
  const leave = new AbortController();
  const short = environment.sleep(HOUR_MS).then(() => woken.push('short'));
  const long = environment.sleep(3 * HOUR_MS, leave.signal).then(() => woken.push('long'));
  environment.jump(2 * HOUR_MS);
  await short;
  assert.deepEqual(woken, ['short']);
  assert.ok(environment.now() - began >= 2 * HOUR_MS);
  leave.abort();
  await long;
  await environment.sleep(HOUR_MS, leave.signal);
});

test('real time passes too', async () => {
  const environment = jumpingEnvironment();
  const began = environment.now();
  await environment.sleep(5);
  assert.ok(environment.now() - began >= 4);
});
