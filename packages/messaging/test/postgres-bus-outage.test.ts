import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { realEnvironment } from '@phone82/runtime';
import {
  type CuttableProxy,
  eventually,
  silentLog,
  startCuttableProxy,
  startTestPostgres,
  type TestPostgres,
} from '@phone82/testkit';
import pg from 'pg';
import { createPostgresBus, type EventBus } from '../src/index.ts';
import { collect, range, received, record, sequence, untilReceived } from './received.ts';

describe('postgres bus', () => {
  let postgres: TestPostgres;
  let proxy: CuttableProxy;
  let url: URL;
  const buses: EventBus[] = [];
  const open = (options: { retentionMs?: number; pollMs?: number } = {}) => {
    const bus = createPostgresBus({
      url: url.href,
      environment: realEnvironment,
      log: silentLog,
      leaseMs: 600,
      ...options,
    });
    buses.push(bus);
    return bus;
  };

  before(async () => {
    postgres = await startTestPostgres();
  });
  beforeEach(async () => {
    url = new URL(await postgres.freshDatabase());
    proxy = await startCuttableProxy(postgres.port);
    url.port = String(proxy.port);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
    await proxy.close();
  });
  after(() => postgres.stop());

  test('goes on by itself after an outage longer than its leases', async () => {
    const bus = open();
    const got = received();
    await collect(bus, 'g', got);
    await bus.publish(sequence('a', 1, 5));
    await untilReceived(got, 5, 5_000);
    proxy.cut();
    await assert.rejects(bus.publish([record('a', 6)]));
    await delay(900);
    proxy.heal();
    await eventually(() => bus.publish([record('a', 6)]));
    await untilReceived(got, 6, 5_000);
    assert.deepEqual(got.numbers('a'), range(1, 6));
  });

  test('starts before its server can be reached', async () => {
    proxy.cut();
    const bus = open();
    const got = received();
    await collect(bus, 'g', got);
    await assert.rejects(bus.ping());
    await delay(100);
    proxy.heal();
    await eventually(() => bus.publish([record('a', 1)]));
    await untilReceived(got, 1, 5_000);
  });

  test('is created once by several processes that start together', async () => {
    const started = Array.from({ length: 6 }, () => open());
    await Promise.all(started.map((bus) => bus.ping()));
    assert.equal((await started[0]?.lag('g'))?.partitions.length, 8);
  });

  test('refuses the offsets of a member that lost its partition', async () => {
    const bus = open();
    const admin = new pg.Client(url.href);
    const began = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    let calls = 0;
    await bus.publish([record('a', 1)]);
    await bus.subscribe({
      group: 'g',
      onRecords: async () => {
        if (calls++ > 0) return;
        began.resolve();
        await gate.promise;
      },
    });
    await began.promise;
    await admin.connect();
    await admin.query('update bus.group_partitions set epoch = epoch + 1');
    await admin.end();
    gate.resolve();
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0));
    assert.equal(calls, 2);
  });

  test('forgets records after their time, and goes on with the later ones', async () => {
    const bus = open({ retentionMs: 0 });
    await bus.publish(sequence('a', 1, 1_500));
    await bus.close();
    const again = open({ retentionMs: 0 });
    await eventually(async () => assert.equal((await again.lag('new')).total, 0));
    const keeping = open();
    const got = received();
    await collect(keeping, 'new', got);
    await keeping.publish([record('a', 1_501)]);
    await untilReceived(got, 1, 5_000);
    assert.deepEqual(got.numbers('a'), [1_501]);
  });

  test('delivers by polling alone when no hint arrives', async () => {
    const bus = open({ pollMs: 50 });
    const got = received();
    await collect(bus, 'g', got);
    await bus.publish([record('a', 1)]);
    await untilReceived(got, 1, 5_000);
    const admin = new pg.Client(url.href);
    await admin.connect();
    await admin.query(`
      with place as (update bus.partitions set next_offset = next_offset + 1 where partition = 3 returning next_offset)
      insert into bus.records select 3, next_offset - 1, 'x', '{"n": 1}', '{}', 0 from place`);
    await admin.end();
    await eventually(() => assert.deepEqual(got.numbers('x'), [1]));
  });
});
