import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  createMemoryBus,
  createPostgresBus,
  type EventBus,
  type Subscriptions,
  startConsumer,
} from '@phone82/messaging';
import {
  createDeadLetterReader,
  createUnitOfWork,
  migrate,
  openDatabase,
  platformMigrations,
} from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import {
  add,
  emptyTally,
  eventually,
  expectedFates,
  foreignRecords,
  manualEnvironment,
  recordingLog,
  startTestMariadb,
  startTestPostgres,
  type Tally,
  type TestPostgres,
  tallyMapping,
  tallyMigrations,
  temporaryFolder,
  textRecord,
} from '@phone82/testkit';

const COUNT = 3_000;
const BATCH = 500;
const environment = realEnvironment;

const subscriptions: Subscriptions<Tally> = {
  PayCompleted: async (event, transaction) => {
    const tally = (await transaction.get(event.orderId)) ?? emptyTally(event.orderId, event.customerId);
    transaction.put(add(tally, 1));
    transaction.publish({ eventType: 'Shipped', orderId: event.orderId, process: event.process });
  },
};

/** Lets a consumer work off records of every kind, and holds what became of them against what was to become of them. */
async function worksOff(bus: EventBus, databaseUrl: string, seed: number): Promise<void> {
  const next = foreignRecords(manualEnvironment({ seed }).random);
  const records = Array.from({ length: COUNT }, next);
  const database = openDatabase(databaseUrl, { poolSize: 4 });
  await migrate(database, { ...platformMigrations, ...tallyMigrations });
  const log = recordingLog();
  const handled: string[] = [];
  const consumer = await startConsumer({
    bus,
    group: 'tally',
    unitOfWork: createUnitOfWork({ database, mapping: tallyMapping, source: 'tally', environment }),
    subscriptions,
    environment,
    log,
    metrics: {
      handled: (type) => void handled.push(type),
      deadLettered: () => undefined,
      batchFailed: () => undefined,
      standing: () => undefined,
    },
  });
  try {
    const wire = records.flatMap((record) => textRecord(record) ?? []);
    for (let from = 0; from < wire.length; from += BATCH) await bus.publish(wire.slice(from, from + BATCH));
    await eventually(async () => assert.equal((await bus.lag('tally')).total, 0), { timeoutMs: 60_000 });
    const { totalElements } = await createDeadLetterReader(database).list({ page: 0, size: 1 });
    const expected = expectedFates(records, (type) => type === 'PayCompleted');
    assert.deepEqual({ handled: handled.length, dead: totalElements }, expected);
    assert.deepEqual(log.lines, []);
  } finally {
    await consumer.stop();
    await bus.close();
    await database.close();
  }
}

describe('records of every kind become what they have to become, and hold nothing up', () => {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startTestPostgres();
  });
  after(() => postgres.stop());

  test('on the log in PostgreSQL, in a service with PostgreSQL', async () => {
    const url = await postgres.freshDatabase();
    const log = recordingLog();
    await worksOff(createPostgresBus({ url, environment, log }), await postgres.freshDatabase(), 1);
    assert.deepEqual(log.lines, []);
  });

  test('on the log in PostgreSQL, in a service with MariaDB', async () => {
    const mariadb = await startTestMariadb();
    try {
      const url = await postgres.freshDatabase();
      const bus = createPostgresBus({ url, environment, log: recordingLog() });
      await worksOff(bus, await mariadb.freshDatabase(), 2);
    } finally {
      await mariadb.stop();
    }
  });

  test('on a log in memory, in a service with SQLite', async () => {
    const folder = await temporaryFolder();
    await worksOff(createMemoryBus({ environment }), `sqlite://${join(folder.path, 'tally.db')}`, 3);
    await folder.remove();
  });
});
