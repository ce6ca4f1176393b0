import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { sql } from 'kysely';
import { appUnderTest, lostThen, order } from './app-under-test.ts';

const the = appUnderTest({}, { jobsMayFail: true });

test('orders that can’t be settled make way for newer ones, and are settled once they can be', async () => {
  const { kysely } = the.app.database;
  the.pay.answers(lostThen('Unknown'));
  const ids: number[] = (await Promise.all(Array.from({ length: 4 }, () => order(the)))).map(
    ({ body }) => body.id,
  );
  const own = sql.join(ids.map((id) => sql.lit(id)));
  await sql`alter table orders add constraint stays check (id not in (${own}) or status = 'Pending')`.execute(
    kysely,
  );
  const due = async () => {
    const rows = await kysely.selectFrom('orders').select('settle_at').where('id', 'in', ids).execute();
    return rows.map(({ settle_at }) => settle_at as number);
  };
  const before = Math.max(...(await due()));
  the.pay.answers(lostThen('Payed'));
  await eventually(async () => {
    the.environment.jump(2_000);
    assert.ok(Math.min(...(await due())) > before, 'they were not postponed');
  });
  await sql`alter table orders drop constraint stays`.execute(kysely);
  await eventually(
    async () => {
      the.environment.jump(2_000);
      for (const id of ids) assert.equal((await the.app.get(`/orders/${id}`)).body.status, 'Ordered');
    },
    { timeoutMs: 15_000 },
  );
});
