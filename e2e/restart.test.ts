import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { cancelOrder, endsAs, placeOrder, recordsOf } from './order-story.ts';
import { runningSystem, succeeded } from './system-under-test.ts';

const system = runningSystem();

interface Status {
  readonly services: readonly { readonly pid?: number }[];
  readonly servers: readonly { readonly pid?: number }[];
  readonly supervisor: { readonly pid: number };
}

/** As a power cut: every process at once, without a word. */
async function killEverything(): Promise<void> {
  const { supervisor, servers, services } = JSON.parse(
    succeeded(await system.run('status', '--json')),
  ) as Status;
  for (const { pid } of [supervisor, ...services, ...servers]) if (pid) process.kill(pid, 'SIGKILL');
}

test('when everything is killed and started again nothing is lost, and what was under way ends', async () => {
  const shipped = await Promise.all(Array.from({ length: 10 }, () => placeOrder(system)));
  const takenBack = await Promise.all(Array.from({ length: 3 }, () => placeOrder(system)));
  await Promise.all(takenBack.map((id) => cancelOrder(system, id)));
  await Promise.all(shipped.map((id) => endsAs(system, id, 'shipped')));
  await Promise.all(takenBack.map((id) => endsAs(system, id, 'takenBack')));
  const finished = [...shipped, ...takenBack];
  const before = await Promise.all(finished.map((id) => recordsOf(system, id)));

  succeeded(await system.run('stop', 'marketing'));
  const refundPending = await placeOrder(system);
  await cancelOrder(system, refundPending);
  const justPlaced = await Promise.all(Array.from({ length: 10 }, () => placeOrder(system)));
  await killEverything();

  assert.match(succeeded(await system.run('up', '--detach')), /ready in/);
  await Promise.all(justPlaced.map((id) => endsAs(system, id, 'shipped')));
  await endsAs(system, refundPending, 'takenBack');
  assert.deepEqual(await Promise.all(finished.map((id) => recordsOf(system, id))), before);
  const next = await placeOrder(system);
  assert.ok(next > Math.max(...justPlaced));
  await endsAs(system, next, 'shipped');
});

test('a customer who repeats an order until it is taken gets it once, while one service after another is killed', async () => {
  const ids: number[] = [];
  for (const service of ['store', 'marketing', 'customer', 'pay', 'app', 'gateway']) {
    succeeded(await system.run('kill', service));
    ids.push(await orderUntilTaken(`order-while-${service}-is-down`));
  }
  assert.equal(new Set(ids).size, ids.length);
  await Promise.all(ids.map((id) => endsAs(system, id, 'shipped')));
  const again = await orderUntilTaken('order-while-app-is-down');
  assert.equal(again, ids[4]);
});

/** How often an order was begun anew, under a key of its own. */
const begun = new Map<string, number>();

/** Sends the same order again, under the same key, until it is known to have formed; one whose payment failed is ordered anew. */
function orderUntilTaken(name: string): Promise<number> {
  return eventually(
    async () => {
      const key = `${name}-${begun.get(name) ?? 0}`;
      const order = { item: 'LG10', qty: 1 };
      const { status, body } = await system
        .http('gateway')
        .post('/orders', order, { 'idempotency-key': key });
      if (status === 201) return body.id;
      assert.equal(status, 202, JSON.stringify(body));
      if ((await decided(body.id)) !== 'PaymentFailed') return body.id;
      begun.set(name, (begun.get(name) ?? 0) + 1);
      throw new Error(`order ${body.id} was not paid`);
    },
    { timeoutMs: 30_000 },
  );
}

/** The status of an order once the outcome of its payment is known. */
function decided(id: number): Promise<string> {
  return eventually(
    async () => {
      const { status } = (await system.http('app').get(`/orders/${id}`)).body;
      assert.ok(status && status !== 'Pending', `order ${id} is ${status}`);
      return status;
    },
    { timeoutMs: 15_000 },
  );
}
