import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, createMetrics } from '@phone82/telemetry';
import { eventually } from '@phone82/testkit';
import { newBrowser } from './browser.ts';
import { sessionSystem } from './session-system.ts';
import { MINUTE_MS, shiftedClock } from './shifted-clock.ts';

test('logs and metrics hold no token, cookie, code, ticket, session id or name', async (t) => {
  const { issuer, startCopy } = await sessionSystem(t);
  issuer.behaviour.name = 'Kim Canary';
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLog({ service: 'gateway', level: 'trace', destination });
  const metrics = createMetrics('gateway');
  const clock = shiftedClock();
  const { url } = await startCopy({ log, metrics, ...clock });
  const browser = newBrowser(url);
  await browser.get('/session/sign-in?ticket=ticket-canary');
  const begun = await browser.get('/session/sign-in');
  const back = issuer.signIn(begun.headers.get('location') ?? '');
  const secrets = [...back.searchParams.values()].filter((value) => value !== issuer.url);
  await browser.get(back.pathname + back.search);
  await browser.get(back.pathname + back.search);
  const remembered = [...browser.cookies.values()];
  await browser.get('/orders/1');
  clock.pass(11 * MINUTE_MS);
  await browser.get('/orders/1');
  const refreshed = /session_refreshes_total\{outcome="refreshed",service="gateway"\} 1/;
  await eventually(async () => assert.match(await metrics.render(), refreshed));
  issuer.behaviour.down = true;
  clock.pass(25 * MINUTE_MS);
  await browser.get('/orders/1');
  await eventually(() => assert.match(lines.join(''), /the issuer did not give a token/));
  issuer.behaviour.down = false;
  const token = await issuer.logoutToken({ sub: 'customer' });
  for (let turn = 0; turn < 2; turn += 1)
    await fetch(`${url}/session/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
  await browser.get('/orders/1');
  const told = lines.join('') + (await metrics.render());
  assert.match(told, /\/session\/callback/);
  assert.match(told, /sessions_begun_total\{service="gateway"\} 1/);
  assert.match(told, /sessions_ended_total\{reason="backChannel",service="gateway"\} 1/);
  assert.match(told, refreshed);
  for (const secret of [...secrets, ...remembered, ...issuer.given, token, 'ticket-canary', 'Kim Canary'])
    assert.ok(!told.includes(secret), secret);
});
