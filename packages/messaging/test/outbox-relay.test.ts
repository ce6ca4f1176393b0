import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { WireRecord } from '@phone82/contracts';
import {
  createUnitOfWork,
  type Database,
  migrate,
  openDatabase,
  platformMigrations,
  type UnitOfWork,
} from '@phone82/persistence';
import { type Job, realEnvironment } from '@phone82/runtime';
import {
  add,
  emptyTally,
  eventually,
  silentLog,
  type Tally,
  tallyMapping,
  tallyMigrations,
  totalled,
} from '@phone82/testkit';
import { type EventBus, startOutboxRelay } from '../src/index.ts';

describe('outbox relay', () => {
  let database: Database;
  let unitOfWork: UnitOfWork<Tally>;
  const relays: Job[] = [];
  const published: WireRecord[] = [];
  const bus: Pick<EventBus, 'publish'> = { publish: async (records) => void published.push(...records) };
  const totals = () => published.map(({ value }) => JSON.parse(value).point);

  const start = (to = bus, pollMs = 10) => {
    const relay = startOutboxRelay({
      database,
      bus: to,
      environment: realEnvironment,
      log: silentLog,
      pollMs,
    });
    relays.push(relay);
    return relay;
  };
  const increment = () =>
    unitOfWork.run(async (transaction) => {
      const next = add((await transaction.get(1)) ?? emptyTally(1), 1);
      transaction.put(next);
      transaction.publish(totalled(next));
    });

  beforeEach(async () => {
    published.length = 0;
    database = openDatabase('sqlite::memory:');
    await migrate(database, { ...platformMigrations, ...tallyMigrations });
    unitOfWork = createUnitOfWork({
      database,
      mapping: tallyMapping,
      source: 'test',
      environment: realEnvironment,
    });
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await database.close();
  });

  test('publishes what was committed before and after its start, once and in order', async () => {
    for (let count = 0; count < 3; count++) await increment();
    const relay = start(bus, 60_000);
    unitOfWork.onPublished(() => relay.nudge());
    await eventually(() => assert.equal(published.length, 3));
    for (let count = 0; count < 3; count++) await increment();
    await eventually(() => assert.equal(published.length, 6));
    assert.deepEqual(totals(), [1, 2, 3, 4, 5, 6]);
  });

  test('finds what nobody told it of', async () => {
    start();
    await increment();
    await eventually(() => assert.deepEqual(totals(), [1]));
  });

  test('keeps what the bus does not take, and brings it when it does', async () => {
    let refusals = 1;
    start({
      publish: async (records) => {
        if (refusals-- > 0) throw new Error('not now');
        await bus.publish(records);
      },
    });
    await increment();
    await increment();
    await eventually(() => assert.deepEqual(totals(), [1, 2]));
  });

  test('leaves the work to the relay that has the turn, and takes over when that one stops', async () => {
    const seen: string[] = [];
    const named = (name: string) => ({
      publish: async (records: readonly WireRecord[]) => {
        seen.push(name);
        await bus.publish(records);
      },
    });
    const first = start(named('first'));
    await increment();
    await eventually(() => assert.equal(published.length, 1));
    start(named('second'));
    for (let count = 0; count < 5; count++) await increment();
    await eventually(() => assert.equal(published.length, 6));
    assert.ok(seen.every((name) => name === 'first'));
    relays.splice(relays.indexOf(first), 1);
    await first.stop();
    await increment();
    await eventually(() => assert.deepEqual(totals(), [1, 2, 3, 4, 5, 6, 7]));
    assert.equal(seen.at(-1), 'second');
  });

  test('publishes more than a batch', async () => {
    await unitOfWork.run(async (transaction) => {
      for (let total = 1; total <= 1_200; total++) transaction.publish(totalled({ ...emptyTally(1), total }));
    });
    start();
    await eventually(() => assert.equal(published.length, 1_200));
    assert.deepEqual(
      totals(),
      Array.from({ length: 1_200 }, (_, index) => index + 1),
    );
  });
});
