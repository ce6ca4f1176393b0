import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  eventually,
  jumpingEnvironment,
  startTestService,
  type TestService,
  temporaryFolder,
} from '@phone82/testkit';
import { tallyService } from './fixtures/tally-definition.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const urlOf = (name: string) => `sqlite://${join(folder.path, `${name}.db`)}`;

before(async () => {
  folder = await temporaryFolder();
});
after(() => folder.remove());

describe('a service that is started', () => {
  let service: TestService;

  before(async () => {
    service = await startTestService(tallyService(), { databaseUrl: urlOf('tally') });
  });
  after(() => service.stop());

  test('has its tables, and is ready with its database and its bus', async () => {
    assert.deepEqual((await service.get('/tallies/1')).body, {});
    const { status, body } = await service.get('/readyz');
    const checks = { database: 'up', bus: 'up', consumerGroup: 'up', consumer: 'up' };
    assert.deepEqual([status, body], [200, { status: 'up', checks }]);
    assert.equal((await service.get('/livez')).status, 200);
  });

  test('handles its events, publishes what they lead to, and counts both', async () => {
    for (const price of [3, 4]) await service.publish({ eventType: 'PayCompleted', orderId: 7, price });
    await service.publish({ eventType: 'Shipped', orderId: 7 });
    await service.settled();
    assert.equal((await service.get('/tallies/7')).body.total, 7);
    assert.deepEqual(
      service.published(7).map((event) => 'point' in event && event.point),
      [3, 7],
    );
    const { text } = await service.get('/metrics');
    assert.match(text, /^events_handled_total\{event="PayCompleted",service="tally"\} 2$/m);
    assert.match(text, /^events_published_total\{service="tally"\} 2$/m);
    assert.doesNotMatch(text, /event="Shipped"/);
  });

  test('puts what it cannot read aside, counts it, and goes on', async () => {
    const record = { key: '8', headers: {}, value: '{"eventType":"PayCompleted","orderId":8,"price":-1}' };
    await service.publishRecords(record);
    await service.publish({ eventType: 'PayCompleted', orderId: 9, price: 1 });
    await service.settled();
    assert.equal((await service.get('/tallies/9')).body.total, 1);
    const { text } = await service.get('/metrics');
    assert.match(text, /^dead_letters_total\{event="PayCompleted",service="tally"\} 1$/m);
  });

  test('describes itself, and shows the breakers of the services that it calls', async () => {
    const { body: openapi } = await service.get('/openapi.json');
    assert.deepEqual([openapi.info.title, openapi.info.description], ['phone82 tally', 'Adds up']);
    const { body: answer } = await service.post('/clerk', {});
    assert.deepEqual([answer.kind, answer.reason], ['notSent', 'unreachable']);
    const { body } = await service.get('/breakers');
    assert.deepEqual(body.breakers, [{ remote: 'clerk', operation: 'ask', state: 'closed' }]);
  });
});

test('a service that is started again goes on where it was', async () => {
  const databaseUrl = urlOf('again');
  const first = await startTestService(tallyService(), { databaseUrl });
  await first.publish({ eventType: 'PayCompleted', orderId: 7, price: 3 });
  await first.settled();
  await first.stop();
  const second = await startTestService(tallyService(), { databaseUrl, log: first.log });
  await second.publish({ eventType: 'PayCompleted', orderId: 7, price: 4 });
  await second.settled();
  assert.equal((await second.get('/tallies/7')).body.total, 7);
  await second.stop();
});

test('a service whose schema can not be made does not start, and says which step failed', async () => {
  const broken = tallyService({
    '0001-broken': {
      up: async () => {
        throw new Error('no space for tables');
      },
    },
  });
  await assert.rejects(startTestService(broken, { databaseUrl: urlOf('broken') }), {
    name: 'MigrationError',
    message: /"0001-broken" failed: no space for tables/,
  });
});

test('a service that is stopped answers what is under way, and then no one', async () => {
  const service = await startTestService(tallyService(), { databaseUrl: urlOf('stopped') });
  const underWay = Promise.all(Array.from({ length: 5 }, () => service.get('/tallies/1')));
  const [answers] = await Promise.all([underWay, service.stop()]);
  for (const { status } of answers) assert.equal(status, 200);
  await assert.rejects(service.get('/livez'), { code: 'ECONNREFUSED' });
});

test('a service forgets handled messages and saved answers after their time, every ten minutes, by itself', async () => {
  const environment = jumpingEnvironment();
  const service = await startTestService(tallyService(), { databaseUrl: urlOf('purged'), environment });
  const count = async (table: string) => {
    const { n } = await service.database.kysely
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  const remembers = async (inbox: number, idempotency_keys: number) =>
    assert.deepEqual([await count('inbox'), await count('idempotency_keys')], [inbox, idempotency_keys]);
  await service.publish({ eventType: 'PayCompleted', orderId: 7, price: 3 });
  await service.settled();
  await service.post('/tallies', {}, { 'idempotency-key': 'k' });
  await remembers(1, 1);
  await eventually(async () => {
    environment.jump(DAY_MS + 1);
    await remembers(1, 0);
  });
  await eventually(async () => {
    environment.jump(14 * DAY_MS);
    await remembers(0, 0);
  });
  assert.equal(await count('outbox'), 0);
  await service.stop();
});
