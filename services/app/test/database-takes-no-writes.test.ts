import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { appUnderTest, newKey, order } from './app-under-test.ts';

const the = appUnderTest();

const run = (statement: string) => sql.raw(statement).execute(the.app.database.kysely);

/** Every such statement on the orders is refused, as a server refuses it that takes no writes. */
const refuse = (statement: 'insert' | 'update') =>
  run(`create trigger refused before ${statement} on orders execute function takes_no_writes()`);

describe('an order, while the database takes no writes', () => {
  before(() =>
    run(`create function takes_no_writes() returns trigger language plpgsql as
      $$ begin raise exception 'read-only' using errcode = '25006'; end $$`),
  );
  afterEach(() => run('drop trigger if exists refused on orders'));

  test('is refused for now: it was not begun, and nobody was charged', async () => {
    await refuse('insert');
    const from = the.pay.requests.length;
    const { status, body, headers } = await order(the);
    assert.deepEqual([status, body.code, headers['retry-after']], [503, 'service-unavailable', '1']);
    assert.equal(the.pay.requests.length, from);
  });

  test('is not said to be refused once pay was asked', async () => {
    await refuse('update');
    const key = newKey();
    const { status, body } = await order(the, { item: 'LG10', qty: 1 }, { 'idempotency-key': key });
    assert.deepEqual([status, body.code], [504, 'outcome-unknown']);
    await run('drop trigger refused on orders');
    const again = await order(the, { item: 'LG10', qty: 1 }, { 'idempotency-key': key });
    assert.deepEqual([again.status, again.body.status], [201, 'Ordered']);
  });

  test('keeps its state when its cancel is refused for now', async () => {
    const { body } = await order(the);
    await refuse('update');
    const cancelled = await the.app.patch(`/orders/${body.id}`, { status: 'cancel' });
    assert.deepEqual([cancelled.status, cancelled.body.code], [503, 'service-unavailable']);
    assert.equal((await the.app.get(`/orders/${body.id}`)).body.status, 'Ordered');
  });
});
