import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { newBrowser } from './browser.ts';
import { sessionSystem } from './session-system.ts';
import { MINUTE_MS, shiftedClock } from './shifted-clock.ts';

const A_LOOK_MS = 2_500;
const WITHIN_MS = 10_000;

/** A stream through one copy; the browser's other requests go to another. */
async function openStream(t: Parameters<typeof sessionSystem>[0]) {
  const { issuer, startCopy } = await sessionSystem(t);
  const clock = shiftedClock();
  const [here, there] = [await startCopy(clock), await startCopy(clock)];
  const browser = newBrowser(here.url);
  await browser.signIn(issuer);
  const tab = newBrowser(there.url);
  tab.cookies.set('phone82', browser.cookies.get('phone82') ?? '');
  const stream = await tab.get('/customers/1/events');
  assert.equal(stream.status, 200);
  const ended = stream.text().then(
    () => 'ended',
    () => 'ended',
  );
  const after = (ms: number) => Promise.race([ended, delay(ms).then(() => 'open')]);
  return { clock, browser, after };
}

test('an event stream ends within 10 s of a sign-out on another copy', async (t) => {
  const { browser, after } = await openStream(t);
  assert.equal(await after(A_LOOK_MS), 'open');
  await browser.send('POST', '/session/sign-out');
  assert.equal(await after(WITHIN_MS), 'ended');
});

test('an open event stream keeps its session from idling, until the session ends for good', async (t) => {
  const { clock, browser, after } = await openStream(t);
  for (let turn = 0; turn < 3; turn += 1) {
    clock.pass(25 * MINUTE_MS);
    assert.equal(await after(A_LOOK_MS), 'open');
  }
  assert.equal((await browser.get('/session')).status, 200);
  clock.pass(12 * 60 * MINUTE_MS);
  assert.equal(await after(WITHIN_MS), 'ended');
});
