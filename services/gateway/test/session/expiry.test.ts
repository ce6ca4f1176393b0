import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@phone82/persistence';
import { eventually } from '@phone82/testkit';
import { sql } from 'kysely';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';
import { MINUTE_MS, shiftedClock } from './shifted-clock.ts';

const GONE = [401, 'not-signed-in'] as const;

async function signedIn(t: Parameters<typeof sessionSystem>[0], env: Record<string, string> = {}) {
  const system = await sessionSystem(t);
  const clock = shiftedClock();
  const { url } = await system.startCopy({ env, ...clock });
  const browser = newBrowser(url);
  await browser.signIn(system.issuer);
  const database = openDatabase(system.databaseUrl, { poolSize: 1 });
  t.after(() => database.close());
  const count = async (condition = sql`true`) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from sessions where ${condition}`.execute(
      database.kysely,
    );
    return rows[0]?.n;
  };
  return { ...system, clock, url, browser, database, count };
}

test('a session ends after 30 minutes without a request, not before', async (t) => {
  const { clock, browser, count } = await signedIn(t);
  for (let turn = 0; turn < 3; turn += 1) {
    clock.pass(29 * MINUTE_MS);
    assert.equal((await browser.get('/orders/1')).status, 200, `turn ${turn}`);
    await eventually(async () =>
      assert.equal(await count(sql`last_used_at > ${Date.now() + turn * 29 * MINUTE_MS}`), 1),
    );
  }
  clock.pass(30 * MINUTE_MS + 1);
  assert.deepEqual(await refusal(await browser.get('/orders/1')), GONE);
  assert.equal(await count(), 0);
});

test('a session ends 12 hours after sign-in, however much it is used', async (t) => {
  const { clock, browser } = await signedIn(t);
  for (let passed = 20; passed < 12 * 60; passed += 20) {
    clock.pass(20 * MINUTE_MS);
    assert.equal((await browser.get('/orders/1')).status, 200, `after ${passed} minutes`);
  }
  clock.pass(20 * MINUTE_MS);
  assert.deepEqual(await refusal(await browser.get('/orders/1')), GONE);
});

test('a use is written once a minute at most', async (t) => {
  const { clock, browser, database } = await signedIn(t);
  const version = async () =>
    (await sql<{ x: string }>`select xmin::text as x from sessions`.execute(database.kysely)).rows[0]?.x;
  const before = await version();
  for (let second = 0; second < 40; second += 5) {
    clock.pass(5_000);
    await browser.get('/orders/1');
  }
  assert.equal(await version(), before);
  clock.pass(25_000);
  await browser.get('/orders/1');
  await eventually(async () => assert.notEqual(await version(), before));
});

test('what the database holds is neither an id nor a token', async (t) => {
  const { browser, issuer, database } = await signedIn(t);
  const { rows } = await sql<object>`select * from sessions`.execute(database.kysely);
  const held = JSON.stringify(rows);
  for (const secret of [browser.cookies.get('phone82') ?? '', ...issuer.given]) {
    assert.ok(secret.length > 10);
    assert.ok(!held.includes(secret));
  }
});

test('a key that is rotated keeps the sessions of the old one; a lost key ends them', async (t) => {
  const { browser, startCopy } = await signedIn(t);
  const [fresh, old] = [Buffer.alloc(32, 9), Buffer.alloc(32, 7)].map((key) => key.toString('base64'));
  const rotated = newBrowser((await startCopy({ env: { SESSION_KEY: `${fresh},${old}` } })).url);
  const lost = newBrowser((await startCopy({ env: { SESSION_KEY: String(fresh) } })).url);
  for (const other of [rotated, lost]) other.cookies.set('phone82', browser.cookies.get('phone82') ?? '');
  assert.equal((await rotated.get('/orders/1')).status, 200);
  assert.deepEqual(await refusal(await lost.get('/orders/1')), GONE);
});

test('a person who signs in again and again keeps 100 sessions', async (t) => {
  const { url, issuer, count } = await signedIn(t);
  for (let turn = 0; turn < 105; turn += 1) await newBrowser(url).signIn(issuer);
  assert.equal(await count(), 100);
});
