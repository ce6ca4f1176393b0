import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { offer } from '../load/offer.ts';
import { ORDER_ROUTE } from './order-route.ts';
import { type RestateSystem, startRestateSystem } from './start.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let restate: RestateSystem;
before(async () => {
  folder = await temporaryFolder();
  restate = await startRestateSystem(folder.path, console.log);
});
after(async () => {
  await restate?.stop();
  await folder.remove();
});

const orders = () =>
  offer({
    url: restate.url,
    request: { kind: 'order', route: ORDER_ROUTE },
    pace: { rate: 20 },
    seconds: 1,
    view: 'answer',
  });

const viewOf = async (id: number) => {
  const answer = await fetch(`${restate.url}/orders/${id}/view`, { method: 'POST' });
  return (await answer.json()) as { status: string; point: number };
};

const chargedIn = (file: string) => {
  const books = new DatabaseSync(file, { readOnly: true });
  const rows = books.prepare("select order_id from transactions where kind = 'approval'").all();
  books.close();
  return rows.map(({ order_id }) => Number(String(order_id).slice('floor-'.length))).sort((a, b) => a - b);
};

test('every order that Restate answered is charged once, and its view says shipped and rewarded', async () => {
  const { ids, others, inView } = await orders();
  assert.deepEqual([ids.length, others, inView?.ms.length], [20, {}, 20]);
  assert.deepEqual(
    chargedIn(restate.pspFile),
    ids.toSorted((a, b) => a - b),
  );
  for (const id of ids) {
    const { status, point } = await viewOf(id);
    assert.deepEqual([status, point], ['Shipped', 300_000]);
  }
});

test('what Restate answered is there after its server was killed', async () => {
  const { ids } = await orders();
  process.kill(restate.pids.restate as number, 'SIGKILL');
  await restate.stop();
  restate = await startRestateSystem(folder.path, console.log);
  for (const id of ids) assert.equal((await viewOf(id)).status, 'Shipped');
});
