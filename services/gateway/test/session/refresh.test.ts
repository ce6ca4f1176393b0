import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, runsAlone } from '@phone82/testkit';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';
import { MINUTE_MS, shiftedClock } from './shifted-clock.ts';

runsAlone('two copies refresh two hundred times');

const LONG = { SESSION_IDLE_MINUTES: '1440', SESSION_HOURS: '720' };

/** Two copies with one clock, and a browser that is signed in. */
async function twoCopies(t: Parameters<typeof sessionSystem>[0]) {
  const system = await sessionSystem(t);
  const clock = shiftedClock();
  const copies = [
    await system.startCopy({ env: LONG, ...clock }),
    await system.startCopy({ env: LONG, ...clock }),
  ];
  const [first, second] = copies.map(({ url }) => newBrowser(url));
  assert.ok(first && second);
  await first.signIn(system.issuer);
  second.cookies.set('phone82', first.cookies.get('phone82') ?? '');
  return { ...system, clock, first, second };
}

for (const [when, minutes] of [
  ['while the token is still valid', 11],
  ['after the token ran out', 31],
] as const)
  test(`two tabs on two copies refresh once, 100 times, ${when}`, async (t) => {
    const { issuer, clock, first, second, seen } = await twoCopies(t);
    for (let turn = 1; turn <= 100; turn += 1) {
      clock.pass(minutes * MINUTE_MS);
      const answers = await Promise.all([first, second, first, second].map((tab) => tab.get('/orders/1')));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200],
        `turn ${turn}`,
      );
      await eventually(async () => {
        clock.pass(5_000);
        const from = seen.length;
        assert.equal(issuer.given.length, 3 + 3 * turn);
        await Promise.all([first.get('/orders/1'), second.get('/orders/1')]);
        for (const { headers } of seen.slice(from))
          assert.equal(headers.authorization, `Bearer ${issuer.given.at(-3)}`);
      });
      assert.equal(issuer.refreshes.length, turn);
    }
    assert.equal(new Set(issuer.refreshes).size, issuer.refreshes.length);
    assert.equal((await first.get('/session')).status, 200);
  });

test('a copy that waits for the refresh of another passes the new token on', async (t) => {
  const { issuer, clock, first, second, seen } = await twoCopies(t);
  clock.pass(31 * MINUTE_MS);
  issuer.behaviour.slowMs = 700;
  const before = seen.length;
  const answers = await Promise.all([first.get('/orders/1'), second.get('/orders/1')]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200],
  );
  const tokens = seen.slice(before).map(({ headers }) => headers.authorization);
  assert.equal(new Set(tokens).size, 1);
  assert.equal(tokens[0], `Bearer ${issuer.given.at(-3)}`);
  assert.equal(issuer.refreshes.length, 1);
});

test('a refresh that the issuer refuses ends the session; roles of a new token count', async (t) => {
  const { issuer, clock, first, second } = await twoCopies(t);
  issuer.behaviour.roles = ['customer', 'operator'];
  clock.pass(31 * MINUTE_MS);
  const { roles } = (await (await first.get('/session')).json()) as { roles: string[] };
  assert.deepEqual(roles, ['customer', 'operator']);
  issuer.forgetGrants();
  clock.pass(31 * MINUTE_MS);
  assert.deepEqual(await refusal(await first.get('/orders/1')), [401, 'not-signed-in']);
  assert.deepEqual(await refusal(await second.get('/orders/1')), [401, 'not-signed-in']);
});
