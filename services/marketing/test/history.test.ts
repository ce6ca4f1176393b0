import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventBody, WireRecord } from '@phone82/contracts';
import { importHistory } from '@phone82/host';
import { createMemoryBus, createMemoryLog, type MemoryLog } from '@phone82/messaging';
import { migrate, openDatabase } from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import { componentDatabase, eventually, startTestService } from '@phone82/testkit';
import { migrations } from '../migrations/index.ts';
import { marketing } from '../src/build.ts';
import { payCompleted } from './marketing-under-test.ts';

const ORDERS = Array.from({ length: 30 }, (_, index) => index + 1);
const isCancelled = (id: number) => id % 5 === 0;

/** As Java services send it: no key, no headers, doubles. */
const java = (event: object): WireRecord => ({
  key: null,
  headers: {},
  value: JSON.stringify({ timestamp: '20260105103002', id: 7, ...event }).replace('300000', '300000.0'),
});
const javaGranted = (orderId: number) =>
  java({ eventType: 'PromoCompleted', orderId, point: 300_000, process: 'Payed' });
const payCancelled = (orderId: number): EventBody => ({ eventType: 'PayCancelled', orderId, price: 0 });

async function freshDatabase(t: TestContext) {
  const database = await componentDatabase();
  t.after(() => database.remove());
  return database.url;
}

async function startMarketing(t: TestContext, databaseUrl: string, log: MemoryLog, settings = {}) {
  const service = await startTestService(marketing, { databaseUrl, log, settings });
  let isStopped = false;
  const stop = async () => {
    if (!isStopped) await service.stop();
    isStopped = true;
  };
  t.after(stop);
  const points = async () => {
    const { body } = await service.get('/marketings?size=100&sort=id');
    return body._embedded.marketings.map(({ id, point }: { id: number; point: number }) => [id, point]);
  };
  return { ...service, stop, points };
}

const told = (log: MemoryLog, eventType: string) =>
  log.partitions.flat().filter(({ value }) => JSON.parse(value).eventType === eventType).length;

/** A log with a past: a Java marketing granted the last ten orders, ours the others; some were cancelled, not all of them by way of ours. */
async function logWithPast(t: TestContext): Promise<{ log: MemoryLog; points: unknown }> {
  const log = createMemoryLog();
  const ours = await startMarketing(t, await freshDatabase(t), log);
  await ours.publishRecords(...ORDERS.slice(20).map(javaGranted));
  await ours.settled();
  await ours.publish(...ORDERS.map((id) => payCompleted(id)));
  await ours.settled();
  for (const orderId of ORDERS.filter(isCancelled))
    if (orderId < 15) await ours.post('/marketings', { orderId, point: 0, process: 'PayCancelled' });
  await ours.publish(...ORDERS.filter(isCancelled).map(payCancelled));
  await ours.settled();
  const points = await ours.points();
  await ours.stop();
  return { log, points };
}

async function importer(t: TestContext, url: string, log: MemoryLog) {
  const database = openDatabase(url, { name: 'marketing', poolSize: 2 });
  await migrate(database, migrations);
  const bus = createMemoryBus({ environment: realEnvironment, log });
  const history = marketing.history?.({ PROMOTION_POINTS: 300_000 } as never);
  assert.ok(history);
  t.after(async () => {
    await bus.close();
    await database.close();
  });
  return () => importHistory({ name: 'marketing', history, database, bus, environment: realEnvironment });
}

describe('a log with a past, and an empty database', () => {
  test('keep marketing from starting, with the ways out', async (t) => {
    const { log } = await logWithPast(t);
    await assert.rejects(startTestService(marketing, { databaseUrl: await freshDatabase(t), log }), {
      name: 'StartRefused',
      message: /database of marketing is empty.*Promo\w+ of order.*EMPTY_DATABASE=accept/,
    });
  });

  test('grant nothing again, and tell nothing, when the whole log is read anew', async (t) => {
    const { log, points } = await logWithPast(t);
    const before = [told(log, 'PromoCompleted'), told(log, 'PromoCancelled')];
    log.groups.clear();
    const again = await startMarketing(t, await freshDatabase(t), log, { EMPTY_DATABASE: 'accept' });
    await again.settled();
    await delay(700);
    assert.deepEqual([told(log, 'PromoCompleted'), told(log, 'PromoCancelled')], before);
    assert.deepEqual(await again.points(), points);
  });

  test('become the mileage of before by an import, which tells nothing and can be repeated', async (t) => {
    const { log, points } = await logWithPast(t);
    const before = [told(log, 'PromoCompleted'), told(log, 'PromoCancelled')];
    log.groups.clear();
    const url = await freshDatabase(t);
    const run = await importer(t, url, log);
    const { created, records, group, open } = await run();
    assert.deepEqual(
      { created, records, group, open },
      { created: 30, records: 30, group: 'placed', open: {} },
    );
    const second = await run();
    assert.deepEqual([second.created, second.changed, second.group], [0, 0, 'kept']);
    const after = await startMarketing(t, url, log);
    await delay(700);
    assert.deepEqual([told(log, 'PromoCompleted'), told(log, 'PromoCancelled')], before);
    assert.deepEqual(await after.points(), points);
    await after.publish(payCompleted(31));
    await after.settled();
    assert.deepEqual((await after.points()).at(-1), [31, 300_000]);
  });
});

describe('what came in while marketing was away', () => {
  test('is granted once all of it is read, and not where it was granted or cancelled meanwhile', async (t) => {
    const log = createMemoryLog();
    const url = await freshDatabase(t);
    const first = await startMarketing(t, url, log);
    await first.publish(payCompleted(1));
    await first.settled();
    await first.stop();
    const bus = createMemoryBus({ environment: realEnvironment, log });
    const orders = [2, 3, 4];
    await bus.publish(orders.map((id) => java(payCompleted(id))));
    await bus.publish([javaGranted(3), java(payCancelled(4))]);
    const second = await startMarketing(t, url, log);
    await eventually(() => assert.equal(told(log, 'PromoCompleted'), 3));
    await second.settled();
    assert.deepEqual(await second.points(), [1, 2, 3].map((id) => [id, 300_000]).concat([[4, 0]]));
    assert.deepEqual(
      second.published().map((event) => [event.eventType, 'orderId' in event && event.orderId]),
      [
        ['PromoCompleted', 1],
        ['PromoCompleted', 2],
      ],
    );
  });

  test('is shown to nobody before it is granted', async (t) => {
    const log = createMemoryLog();
    const bus = createMemoryBus({ environment: realEnvironment, log });
    await bus.publish([java(payCompleted(1))]);
    // A member that reads nothing keeps the backlog from ever being read.
    const stuck = await bus.subscribe({
      group: 'marketing',
      onRecords: () => Promise.reject(new Error('no')),
    });
    t.after(() => stuck.stop());
    const service = await startMarketing(t, await freshDatabase(t), log);
    await delay(300);
    assert.equal((await service.get('/marketings/1')).status, 404);
    assert.deepEqual((await service.get('/marketings')).body.page.totalElements, 0);
  });
});

test('a cancel that a Java pay told of without reaching marketing takes the mileage back, and that is told', async (t) => {
  const log = createMemoryLog();
  const service = await startMarketing(t, await freshDatabase(t), log);
  await service.publish(payCompleted(1));
  await service.settled();
  await service.publishRecords(java(payCancelled(1)));
  await service.settled();
  assert.deepEqual(await service.points(), [[1, 0]]);
  assert.equal(told(log, 'PromoCancelled'), 1);
});
