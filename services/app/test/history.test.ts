import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { WireRecord } from '@phone82/contracts';
import { importHistory } from '@phone82/host';
import { createMemoryBus, createMemoryLog, type MemoryLog } from '@phone82/messaging';
import { migrate, openDatabase } from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import { startFakeRemote, startTestPostgres, startTestService, type TestService } from '@phone82/testkit';
import { migrations } from '../migrations/index.ts';
import { app } from '../src/build.ts';
import { payed } from './app-under-test.ts';

const LAST = 25;

/** As Java services send it: no key, no headers. */
const java = (event: object): WireRecord => ({ key: null, headers: {}, value: JSON.stringify(event) });
const told = (id: number): WireRecord[] => [
  java({
    eventType: 'Ordered',
    timestamp: '20260105103000',
    id,
    item: 'LG10',
    qty: 1,
    status: 'Ordered',
    price: null,
  }),
  java({
    eventType: 'PayCompleted',
    timestamp: '20260105103001',
    id,
    orderId: id,
    price: null,
    process: 'Payed',
  }),
  java({ eventType: 'Shipped', timestamp: '20260105103002', id, orderId: id, address: null, item: null }),
  java({ eventType: 'PromoCompleted', timestamp: '20260105103002', id, orderId: id, point: 300_000 }),
];

async function javaLog(): Promise<MemoryLog> {
  const log = createMemoryLog();
  const bus = createMemoryBus({ environment: realEnvironment, log });
  for (let id = 1; id <= LAST; id++) await bus.publish(told(id));
  return log;
}

async function prepared(t: TestContext) {
  const postgres = await startTestPostgres();
  const url = await postgres.freshDatabase();
  const pay = await startFakeRemote(payed, {
    'GET /payments?': () => ({ status: 200, body: { _embedded: { payments: [] } } }),
  });
  const log = await javaLog();
  const running: TestService[] = [];
  const start = async (settings = {}) => {
    const service = await startTestService(app, {
      databaseUrl: url,
      log,
      settings: { PAY_URL: pay.url, PAY_TIMEOUT_MS: '5000', ...settings },
    });
    running.push(service);
    return service;
  };
  t.after(async () => {
    for (const service of running) await service.stop();
    await pay.close();
    await postgres.stop();
  });
  return { url, log, start };
}

describe('a log with the orders of a Java app, and an empty database', () => {
  test('keep app from starting, with the ways out', async (t) => {
    const { start } = await prepared(t);
    await assert.rejects(start(), {
      message: /database of app is empty.*Ordered of order.*EMPTY_DATABASE=accept/,
    });
  });

  test('number above the highest id of the log where that is accepted', async (t) => {
    const { start } = await prepared(t);
    const service = await start({ EMPTY_DATABASE: 'accept' });
    const { status, body } = await service.post('/orders', { item: 'LG10', qty: 1 });
    assert.deepEqual([status, body.id], [201, LAST + 1]);
  });

  test('become its orders by an import, which tells nothing and can be repeated; numbers go on above', async (t) => {
    const { url, log, start } = await prepared(t);
    const database = openDatabase(url, { name: 'app', poolSize: 2 });
    await migrate(database, migrations);
    const bus = createMemoryBus({ environment: realEnvironment, log });
    const history = app.history?.({} as never);
    assert.ok(history);
    const run = () => importHistory({ name: 'app', history, database, bus, environment: realEnvironment });
    const records = log.partitions.flat().length;
    const first = await run();
    assert.deepEqual([first.created, first.records, first.orphans, first.open], [LAST, LAST, 0, {}]);
    const second = await run();
    assert.deepEqual([second.created, second.changed], [0, 0]);
    await bus.close();
    await database.close();
    assert.equal(log.partitions.flat().length, records);
    const service = await start();
    const { item, qty, status, point, price } = (await service.get('/orders/7')).body;
    assert.deepEqual([item, qty, status, point, price], ['LG10', 1, 'Shipped', 300_000, 0]);
    const { status: answered, body } = await service.post('/orders', { item: 'LG10', qty: 1 });
    assert.deepEqual([answered, body.id], [201, LAST + 1]);
  });
});
