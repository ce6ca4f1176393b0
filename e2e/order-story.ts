import assert from 'node:assert/strict';
import { eventually } from '@phone82/testkit';
import type { SystemUnderTest } from './system-under-test.ts';

/** What the system promises for the time after the last fault. */
const CONVERGES_WITHIN_MS = 30_000;

/** One order, as each of the five services has it. */
export async function recordsOf(system: SystemUnderTest, id: number) {
  const bodyOf = async (service: Parameters<SystemUnderTest['http']>[0], address: string) =>
    (await system.http(service).get(`${address}/${id}`)).body;
  const [order, payment, delivery, mileage, view] = await Promise.all([
    bodyOf('app', '/orders'),
    bodyOf('pay', '/payments'),
    bodyOf('store', '/storeManages'),
    bodyOf('marketing', '/marketings'),
    bodyOf('customer', '/customers'),
  ]);
  return { order, payment, delivery, mileage, view };
}

/** Waits until all services agree that the order was shipped and earned its mileage, or was taken back entirely. */
export function endsAs(system: SystemUnderTest, id: number, end: 'shipped' | 'takenBack'): Promise<void> {
  return eventually(
    async () => {
      const { order, payment, delivery, mileage, view } = await recordsOf(system, id);
      const summary = [order.status, payment.process, order.point, mileage.point, view.status, view.point];
      const wanted =
        end === 'shipped'
          ? ['Shipped', 'Payed', 300_000, 300_000, 'Shipped', 300_000]
          : ['PayCancelled', 'PayCancelled', 0, 0, 'PayCancelled', 0];
      assert.deepEqual(summary, wanted, `order ${id}`);
      assert.equal(delivery.process === 'Shipped', end === 'shipped');
      assert.deepEqual([payment.price, view.price], [order.price, order.price]);
    },
    { timeoutMs: CONVERGES_WITHIN_MS },
  );
}

/**
 * Orders through the gateway; gives the new order's number. On a busy machine pay may answer after app's patience: the order is looked at
 * again, as a 202 says.
 */
export async function placeOrder(system: SystemUnderTest, item = 'LG10', qty = 1): Promise<number> {
  const { status, text, body } = await system.http('gateway').post('/orders', { item, qty });
  if (status === 202) await hasFormed(system, body.id);
  else assert.equal(status, 201, text);
  return body.id;
}

const hasFormed = (system: SystemUnderTest, id: number): Promise<void> =>
  eventually(
    async () => {
      const { body } = await system.http('gateway').get(`/orders/${id}`);
      assert.notEqual(body.status, 'Pending');
      assert.notEqual(body.status, 'PaymentFailed');
    },
    { timeoutMs: CONVERGES_WITHIN_MS },
  );

export async function cancelOrder(system: SystemUnderTest, id: number): Promise<void> {
  const { status, text } = await system.http('gateway').patch(`/orders/${id}`, { status: 'cancel' });
  assert.equal(status, 200, text);
}
