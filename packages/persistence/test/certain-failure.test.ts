import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Database, isCertainlyUndone, isInfrastructureError, openDatabase } from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const takesNoWrites: Readonly<Record<Database['dialect'], string>> = {
  postgres: 'set default_transaction_read_only = on',
  mariadb: 'set session transaction read only',
  sqlite: 'pragma query_only = 1',
};

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome.status === 'rejected' ? outcome.reason : assert.fail('it did not fail');
}

eachDatabase('a write', (the) => {
  test('has certainly not happened where the database takes no writes', async () => {
    const { kysely, dialect } = the().database;
    await sql.raw('create table notes (id integer primary key)').execute(kysely);
    const error = await kysely.connection().execute(async (connection) => {
      await sql.raw(takesNoWrites[dialect]).execute(connection);
      return failureOf(sql.raw('insert into notes (id) values (1)').execute(connection));
    });
    assert.equal(isInfrastructureError(error), true, String(error));
    assert.equal(isCertainlyUndone(error), true, String(error));
  });

  test('may have happened where its connection broke', async (t) => {
    const { kysely, dialect } = the().database;
    if (dialect === 'sqlite') return;
    const other = the().openAgain();
    const id = sql.raw(dialect === 'postgres' ? 'pg_backend_pid()' : 'connection_id()');
    const error = await kysely.connection().execute(async (connection) => {
      const { rows } = await sql<{ id: number }>`select ${id} as id`.execute(connection);
      const kill =
        dialect === 'postgres' ? `select pg_terminate_backend(${rows[0]?.id})` : `kill ${rows[0]?.id}`;
      const slow = dialect === 'postgres' ? 'select pg_sleep(20)' : 'select sleep(20)';
      const failure = failureOf(sql.raw(slow).execute(connection));
      await new Promise((later) => setTimeout(later, 200));
      await sql.raw(kill).execute(other.kysely);
      return failure;
    });
    t.diagnostic(String(error));
    assert.equal(isInfrastructureError(error), true, String(error));
    assert.equal(isCertainlyUndone(error), false, String(error));
  });
});

eachDatabase('a connection', (the) => {
  test('that was never obtained carried no write', async () => {
    const { database } = the();
    if (database.dialect === 'sqlite') return;
    const { kysely } = database;
    const free = Promise.withResolvers<void>();
    const held = Array.from({ length: 4 }, () => kysely.connection().execute(() => free.promise));
    const error = await failureOf(sql`select 1`.execute(kysely));
    free.resolve();
    await Promise.all(held);
    assert.equal(isInfrastructureError(error), true, String(error));
    assert.equal(isCertainlyUndone(error), true, String(error));
  });
});

for (const url of ['postgres://x:y@127.0.0.1:1/z', 'mariadb://x:y@127.0.0.1:1/z'])
  test(`nothing was done where nobody listens (${url.split(':', 1)[0]})`, async () => {
    const database = openDatabase(url);
    const error = await failureOf(database.ping());
    assert.equal(isInfrastructureError(error), true, String(error));
    assert.equal(isCertainlyUndone(error), true, String(error));
    await database.close();
  });
