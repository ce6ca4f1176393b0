import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { WireRecord } from '@phone82/contracts';
import { importHistory } from '@phone82/host';
import { createMemoryBus, createMemoryLog, type MemoryLog } from '@phone82/messaging';
import { migrate, openDatabase } from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import { componentDatabase, eventually, startTestService } from '@phone82/testkit';
import { migrations } from '../migrations/index.ts';
import { store } from '../src/build.ts';
import { orderCancelled, ordered, payCompleted } from './store-under-test.ts';

const ORDERS = Array.from({ length: 30 }, (_, index) => index + 1);
const isCancelled = (id: number) => id % 5 === 0;

/** As a Java store says it: no key, no headers, nulls. */
const javaShipped = (orderId: number): WireRecord => ({
  key: null,
  headers: {},
  value: JSON.stringify({
    eventType: 'Shipped',
    timestamp: '20260105103002',
    id: 7,
    orderId,
    address: null,
    item: null,
    process: 'Shipped',
  }),
});

async function freshDatabase(t: TestContext) {
  const database = await componentDatabase();
  t.after(() => database.remove());
  return database.url;
}

async function startStore(t: TestContext, databaseUrl: string, log: MemoryLog, settings = {}) {
  const service = await startTestService(store, { databaseUrl, log, settings });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await service.stop();
    isStopped = true;
  };
  t.after(stop);
  const states = async () => {
    const { body } = await service.get('/storeManages?size=100&sort=id');
    return body._embedded.storeManages.map(({ id, process }: { id: number; process: string }) => [
      id,
      process,
    ]);
  };
  return { ...service, stop, states };
}

const shippedIn = (log: MemoryLog) =>
  log.partitions.flat().filter(({ value }) => JSON.parse(value).eventType === 'Shipped').length;

/** A log with a past: our store shipped the first twenty orders, a Java store the others; some were cancelled afterwards. */
async function logWithPast(t: TestContext): Promise<{ log: MemoryLog; states: unknown }> {
  const log = createMemoryLog();
  const ours = await startStore(t, await freshDatabase(t), log);
  await ours.publishRecords(...ORDERS.slice(20).map(javaShipped));
  await ours.settled();
  for (const id of ORDERS) await ours.publish(ordered(id), payCompleted(id));
  await eventually(() => assert.equal(shippedIn(log), ORDERS.length));
  for (const id of ORDERS.filter(isCancelled)) await ours.publish(orderCancelled(id));
  await ours.settled();
  const states = await ours.states();
  await ours.stop();
  return { log, states };
}

/** As a new cluster has it: the records are there, what the groups had read is not. */
const forget = (log: MemoryLog) => log.groups.clear();

async function imported(t: TestContext, url: string, log: MemoryLog) {
  const database = openDatabase(url, { name: 'store', poolSize: 2 });
  await migrate(database, migrations);
  const bus = createMemoryBus({ environment: realEnvironment, log });
  const history = store.history?.({ STORE_MANUAL: false, STORE_SHIP_DELAY_MS: 0 } as never);
  assert.ok(history);
  const run = () => importHistory({ name: 'store', history, database, bus, environment: realEnvironment });
  t.after(async () => {
    await bus.close();
    await database.close();
  });
  return run;
}

describe('a log with a past, and an empty database', () => {
  test('keep store from starting, with the ways out', async (t) => {
    const { log } = await logWithPast(t);
    await assert.rejects(startTestService(store, { databaseUrl: await freshDatabase(t), log }), {
      name: 'StartRefused',
      message:
        /database of store is empty.*Shipped of order.*import --from-log.*backup.*EMPTY_DATABASE=accept/,
    });
  });

  test('do not, where the log holds nothing that store published', async (t) => {
    const log = createMemoryLog();
    const other = createMemoryBus({ environment: realEnvironment, log });
    await other.publish([{ key: '1', headers: {}, value: JSON.stringify(payCompleted(1)) }]);
    await startStore(t, await freshDatabase(t), log);
  });

  test('ship nothing again when the whole log is read anew', async (t) => {
    const { log, states } = await logWithPast(t);
    forget(log);
    const again = await startStore(t, await freshDatabase(t), log, { EMPTY_DATABASE: 'accept' });
    await again.settled();
    await delay(300);
    assert.equal(shippedIn(log), ORDERS.length);
    assert.deepEqual(await again.states(), states);
  });

  test('become the deliveries of before by an import, which tells nothing and can be repeated', async (t) => {
    const { log, states } = await logWithPast(t);
    forget(log);
    const url = await freshDatabase(t);
    const run = await imported(t, url, log);
    const first = await run();
    const { created, records, orphans, malformed, group, open } = first;
    assert.deepEqual(
      { created, records, orphans, malformed, group, open },
      { created: 30, records: 30, orphans: 0, malformed: 0, group: 'placed', open: {} },
    );
    const second = await run();
    assert.deepEqual([second.created, second.changed, second.records, second.group], [0, 0, 30, 'kept']);
    const after = await startStore(t, url, log);
    assert.deepEqual(await after.states(), states);
    await after.publish(ordered(31), payCompleted(31));
    await eventually(() => assert.equal(shippedIn(log), ORDERS.length + 1));
  });

  test('leave open what was paid and had not left: it ships after the import, once', async (t) => {
    const { log } = await logWithPast(t);
    const bus = createMemoryBus({ environment: realEnvironment, log });
    for (const event of [ordered(40), payCompleted(40), ordered(41)])
      await bus.publish([{ key: null, headers: {}, value: JSON.stringify(event) }]);
    forget(log);
    const url = await freshDatabase(t);
    const { open } = await (await imported(t, url, log))();
    assert.deepEqual(open, { 'paid, to be shipped': 1, 'ordered, no payment heard of': 1 });
    const after = await startStore(t, url, log);
    await eventually(() => assert.equal(shippedIn(log), ORDERS.length + 1));
    await after.settled();
    assert.deepEqual((await after.states()).slice(-2), [
      [40, 'Shipped'],
      [41, 'Ordered'],
    ]);
  });
});

test('a group that a Java store left goes on where that had stopped, and ships nothing that it shipped', async (t) => {
  const { log } = await logWithPast(t);
  const bus = createMemoryBus({ environment: realEnvironment, log });
  forget(log);
  // The Java store had read all but the end of its log.
  const ends = (await bus.history.stretches()).map(
    ({ partition, until }) => [partition, Math.max(0, until - 2)] as const,
  );
  await bus.history.moveGroup('store', new Map(ends));
  const url = await freshDatabase(t);
  assert.equal((await (await imported(t, url, log))()).group, 'kept');
  const after = await startStore(t, url, log);
  await after.settled();
  await delay(300);
  assert.equal(shippedIn(log), ORDERS.length);
});
