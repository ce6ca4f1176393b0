import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { atServer } from './database-server.ts';
import { busOf } from './foreign-sender.ts';
import { cancelOrder, endsAs, placeOrder } from './order-story.ts';
import { balancesOf } from './psp-books.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const GROUPS = ['app', 'pay', 'store', 'marketing'] as const;
const DATABASES = ['phone82_app', 'phone82_pay'];

const the = {} as SystemUnderTest;
before(async () => {
  Object.assign(the, await newSystem());
  the.environment.PAY_TIMEOUT_MS = '8000';
  succeeded(await the.run('up', '--detach'));
});
after(() => the.dispose?.());

/** Every record that was ever published, and every line of the PSP's books. */
async function footprint() {
  const bus = await busOf(the);
  const { partitions } = await bus.lag('nobody');
  await bus.close();
  const records = partitions.reduce((sum, { end }) => sum + end, 0);
  return { records, balances: [...(await balancesOf(the)).values()] };
}

/** The records of app, pay, store and marketing are gone, and with them what their groups had read. The log and the PSP's books stay. */
async function loseDatabases(): Promise<void> {
  for (const service of GROUPS) succeeded(await the.run('stop', service));
  const bus = await busOf(the);
  for (const group of GROUPS) await bus.deleteGroup(group);
  await bus.close();
  const statements = DATABASES.flatMap((name) => [
    `drop database ${name} with (force)`,
    `create database ${name}`,
  ]);
  await atServer(the, ...statements);
  succeeded(await the.run('down'));
  const home = String(the.environment.PHONE82_HOME);
  const files = await readdir(home, { recursive: true });
  const owned = files.filter((file) => /(store|marketing)\.db/.test(path.basename(file)));
  assert.ok(owned.length >= 2, files.join(' '));
  for (const file of owned) await rm(path.join(home, file));
}

async function allIsRead(): Promise<void> {
  const bus = await busOf(the);
  const look = async () => {
    for (const group of GROUPS) assert.equal((await bus.lag(group)).total, 0, group);
  };
  await eventually(look, { timeoutMs: 30_000 }).finally(() => bus.close());
}

test('a replay of the whole log into empty databases ships, grants, charges and publishes nothing; new orders go on', async () => {
  const shipped = await Promise.all(Array.from({ length: 20 }, () => placeOrder(the)));
  const cancelled = await Promise.all(Array.from({ length: 10 }, () => placeOrder(the)));
  await Promise.all([...shipped, ...cancelled].map((id) => endsAs(the, id, 'shipped')));
  await Promise.all(cancelled.map((id) => cancelOrder(the, id)));
  await eventually(
    async () => {
      const books = await balancesOf(the);
      for (const id of cancelled) assert.equal(books.get(id)?.refunds, 1);
    },
    { timeoutMs: 30_000 },
  );
  await allIsRead();
  const known = await footprint();

  await loseDatabases();
  const refused = await the.run('up', '--detach');
  assert.notEqual(refused.code, 0);
  assert.match(refused.stdout + refused.stderr, /import --from-log/);
  the.environment.EMPTY_DATABASE = 'accept';
  succeeded(await the.run('up', '--detach'));
  await allIsRead();
  // Longer than any job waits that ships or grants.
  await eventually(async () => {
    for (const id of shipped)
      assert.equal((await the.http('store').get(`/storeManages/${id}`)).body.process, 'Shipped');
  });
  assert.deepEqual(await footprint(), known);

  const fresh = await Promise.all(Array.from({ length: 5 }, () => placeOrder(the)));
  assert.ok(Math.min(...fresh) > Math.max(...shipped, ...cancelled), 'no number is given twice');
  await Promise.all(fresh.map((id) => endsAs(the, id, 'shipped')));
  const { records } = await footprint();
  // Ordered, PayCompleted, Shipped and PromoCompleted of each new order, and of no other.
  assert.equal(records, known.records + 4 * fresh.length);
});
