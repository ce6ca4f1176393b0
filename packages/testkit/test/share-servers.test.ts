import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { shareServers, startTestPostgres } from '../src/index.ts';

async function ask(connectionString: string, statement: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test('test files share one server, each with databases of its own, which are gone when the file stops', async () => {
  await shareServers(async () => {
    const server = await startTestPostgres();
    const [one, other] = [await server.freshDatabase(), await server.freshDatabase()];
    assert.notEqual(one, other);
    await ask(one, 'create table orders (id int)');
    assert.deepEqual(await ask(other, "select * from pg_tables where tablename = 'orders'"), []);
    await server.stop();
    await assert.rejects(ask(one, 'select 1'), /does not exist/);
    const again = await startTestPostgres();
    assert.equal(again.port, server.port);
    await again.stop();
  });
});
