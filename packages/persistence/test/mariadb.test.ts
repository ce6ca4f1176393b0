import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  add,
  emptyTally,
  eventually,
  needs,
  startCuttableProxy,
  startTestMariadb,
  type Tally,
  type TestMariadb,
  tallyMapping,
  tallyMigrations,
  totalled,
} from '@phone82/testkit';
import { sql } from 'kysely';
import {
  ConcurrencyError,
  createOutbox,
  createRecordReader,
  createUnitOfWork,
  type Database,
  isInfrastructureError,
  migrate,
  openDatabase,
  platformMigrations,
  type UnitOfWork,
} from '../src/index.ts';

needs('mariadb');

let mariadb: TestMariadb;
let database: Database;
let unitOfWork: UnitOfWork<Tally>;
before(async () => {
  mariadb = await startTestMariadb();
});
after(() => mariadb.stop());
beforeEach(async () => {
  database = openDatabase(await mariadb.freshDatabase(), { poolSize: 4 });
  await migrate(database, { ...platformMigrations, ...tallyMigrations });
  const environment = realEnvironment;
  unitOfWork = createUnitOfWork({ database, mapping: tallyMapping, source: 'test', environment });
});
afterEach(() => database.close());

const put = (...tallies: Tally[]) =>
  unitOfWork.run(async (transaction) => {
    for (const tally of tallies) transaction.put(tally);
  });
const totalOf = async (id: number) => (await createRecordReader(database, tallyMapping).find(id))?.total;

async function failure(work: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([work]);
  assert.equal(outcome?.status, 'rejected');
  return outcome?.status === 'rejected' ? outcome.reason : undefined;
}

test('its sessions lock no gaps between rows, and refuse what does not fit', async () => {
  const { rows } = await sql<{ isolation: string; mode: string }>`
    select @@tx_isolation as isolation, @@sql_mode as mode`.execute(database.kysely);
  assert.equal(rows[0]?.isolation, 'READ-COMMITTED');
  assert.match(rows[0]?.mode ?? '', /STRICT_ALL_TABLES/);
});

test('of many records nothing is stored when one has another version by now, or is there already', async () => {
  await put(emptyTally(1), emptyTally(2));
  const first = { ...add(emptyTally(1), 5), version: 1 };
  const stale = { ...add(emptyTally(2), 5), version: 7 };
  assert.ok((await failure(put(first, stale, emptyTally(3)))) instanceof ConcurrencyError);
  assert.ok((await failure(put(first, emptyTally(2)))) instanceof ConcurrencyError);
  assert.deepEqual([await totalOf(1), await totalOf(2), await totalOf(3)], [0, 0, undefined]);
  await put(first, { ...stale, version: 1 }, emptyTally(3));
  assert.deepEqual([await totalOf(1), await totalOf(2), await totalOf(3)], [5, 5, 0]);
});

test('a message id that does not fit is refused, not stored cut to size', async () => {
  const claim = (id: string) => unitOfWork.run((transaction) => transaction.claimMessages([id]));
  const error = await failure(claim('x'.repeat(256)));
  assert.equal(isInfrastructureError(error), false, String(error));
  assert.equal((await claim('x'.repeat(255))).size, 1);
});

test('a transaction whose connection the server ends is the fault of the database, and the next one works', async () => {
  const ended = unitOfWork.run(async (transaction) => {
    await transaction.claimMessages(['m']);
    const { rows } = await sql<{ id: number }>`
      select id from information_schema.processlist
      where db = database() and id <> connection_id()`.execute(database.kysely);
    for (const { id } of rows) await sql`kill ${sql.lit(id)}`.execute(database.kysely);
    transaction.put(emptyTally(1));
  });
  const error = await failure(ended);
  assert.equal(isInfrastructureError(error), true, String(error));
  await put(emptyTally(1));
  assert.equal(await totalOf(1), 0);
  assert.equal((await unitOfWork.run((transaction) => transaction.claimMessages(['m']))).size, 1);
});

test('what waits for a server that is out of reach fails as the fault of the database, and works when it is back', async () => {
  const url = new URL(await mariadb.freshDatabase());
  const proxy = await startCuttableProxy(mariadb.port);
  url.port = String(proxy.port);
  const far = openDatabase(url.href);
  await far.ping();
  proxy.cut();
  const error = await failure(far.ping());
  assert.equal(isInfrastructureError(error), true, String(error));
  proxy.heal();
  await eventually(() => far.ping());
  await far.close();
  await proxy.close();
});

test('a value that is larger than the server takes is the fault of the work', async () => {
  const letter = { orderId: 1, eventType: 'Ordered', reason: 'large', state: 'dead' } as const;
  const bury = (messageId: string, characters: number) =>
    unitOfWork.run(async (transaction) =>
      transaction.addDeadLetter({ ...letter, messageId, record: '"'.repeat(characters) }),
    );
  const error = await failure(bury('too large', 5_000_001));
  assert.equal(isInfrastructureError(error), false, String(error));
  await bury('large', 4_900_000);
});

test('the number of an event is not used again after a restart of the relay, however few wait', async () => {
  const outbox = createOutbox(database);
  const publish = () => unitOfWork.run(async (transaction) => transaction.publish(totalled(emptyTally(1))));
  await publish();
  const turn = await outbox.takeTurn('relay', 5_000);
  const [first] = (await turn?.next(1)) ?? [];
  assert.ok(first && turn);
  await turn.remove([first]);
  await publish();
  const [second] = await turn.next(1);
  assert.ok(second && second.seq > first.seq);
});
