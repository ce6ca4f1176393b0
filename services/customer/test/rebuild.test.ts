import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createPool } from '@phone82/persistence';
import { eventually } from '@phone82/testkit';
import { customerUnderTest, lifeOf, newOrderId } from './customer-under-test.ts';

const ORDERS = 300;
const RETIRED_FOR_MS = 10_000;

const the = customerUnderTest();
const progress = async () => (await the.customer.get('/view/rebuild')).body;
const rebuild = () => the.customer.post('/view/rebuild', {});
const untilIdle = () =>
  eventually(
    async () => {
      the.environment.jump(500);
      assert.equal((await progress()).state, 'idle');
    },
    { timeoutMs: 15_000 },
  );

const everything = async () => {
  const pages = [];
  for (let page = 0; page < ORDERS / 100; page++)
    pages.push((await the.customer.get(`/customers?size=100&page=${page}`)).body._embedded.customers);
  return pages.flat();
};

describe('a view that is rebuilt', () => {
  const ids = Array.from({ length: ORDERS }, newOrderId);

  before(async () => {
    for (const id of ids) {
      const life = Object.values(lifeOf(id));
      await the.customer.publish(...(id % 3 === 0 ? life : life.slice(0, 4)));
    }
    await the.customer.settled();
  });

  test('answers meanwhile, and is the same afterwards', async () => {
    const before = await everything();
    assert.equal(before.length, ORDERS);
    const { active } = await progress();
    const { status, body } = await rebuild();
    assert.deepEqual([status, body.state, body.active], [202, 'building', active]);
    const answers = new Set<string>();
    let idle = false;
    const done = untilIdle().then(() => {
      idle = true;
    });
    for (let asked = 0; !idle; asked++) {
      const id = ids[asked % ORDERS] as number;
      const answer = await the.customer.get(`/customers/${id}`);
      answers.add(`${answer.status} ${answer.body?.status === (id % 3 === 0 ? 'PayCancelled' : 'Shipped')}`);
    }
    await done;
    assert.deepEqual([...answers], ['200 true']);
    assert.deepEqual(await everything(), before);
    assert.equal((await progress()).active, active + 1);
  });

  test('is not switched before the new one has read as much as the old one', async () => {
    const { active } = await progress();
    await rebuild();
    const unlock = await lockTable(`order_views_${active + 1}`);
    for (let looks = 0; looks < 20; looks++) {
      the.environment.jump(500);
      const { status, body } = await the.customer.get(`/customers/${ids[looks * 7]}`);
      assert.deepEqual([status, body.timeline?.length >= 4], [200, true]);
    }
    const { state, active: still, remaining } = await progress();
    assert.deepEqual([state, still, remaining > 0], ['building', active, true]);
    await unlock();
    await untilIdle();
    assert.equal((await progress()).active, active + 1);
  });

  test('drops what it replaced', async () => {
    await eventually(async () => {
      the.environment.jump(RETIRED_FOR_MS);
      const { rows } = await tables();
      assert.deepEqual(rows, [`order_views_${(await progress()).active}`]);
    });
    assert.deepEqual([...the.customer.log.groups.keys()], [`customer-${(await progress()).active}`]);
  });

  test('is rebuilt once when two ask at the same time, and takes in what happens meanwhile', async () => {
    const { active } = await progress();
    const [late, later] = [newOrderId(), newOrderId()];
    const asked = Promise.all([rebuild(), rebuild()]);
    await the.customer.publish(lifeOf(late).ordered);
    for (const { status } of await asked) assert.equal(status, 202);
    await the.customer.publish(lifeOf(later).ordered);
    await untilIdle();
    assert.equal((await progress()).active, active + 1);
    for (const id of [late, later])
      await eventually(async () => assert.equal((await the.customer.get(`/customers/${id}`)).status, 200));
  });

  test('is finished by the next process when the first one ends in the middle', async () => {
    const { active } = await progress();
    const before = await everything();
    await rebuild();
    await the.restart();
    await untilIdle();
    assert.equal((await progress()).active, active + 1);
    const withoutLinks = ({ _links, ...view }: { _links: unknown }) => view;
    assert.deepEqual((await everything()).map(withoutLinks), before.map(withoutLinks));
  });
});

/** Nothing can be written to the table until the lock is given back. */
async function lockTable(table: string): Promise<() => Promise<void>> {
  const pool = createPool({ url: the.databaseUrl, poolSize: 1 });
  const client = await pool.connect();
  await client.query(`begin; lock table ${table} in exclusive mode`);
  return async () => {
    await client.query('rollback');
    client.release();
    await pool.end();
  };
}

async function tables(): Promise<{ rows: string[] }> {
  const all = await the.customer.database.kysely.introspection.getTables();
  return { rows: all.map(({ name }) => name).filter((name) => name.startsWith('order_views_')) };
}
