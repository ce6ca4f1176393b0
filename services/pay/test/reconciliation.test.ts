import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { createPsp } from '@phone82/psp-simulator';
import { eventually } from '@phone82/testkit';
import { newOrderId, payUnderTest, storyOf } from './pay-under-test.ts';
import { callPsp, PREFIX } from './simulated-psp.ts';

const the = payUnderTest({ ACCEPT_PAYMENTS_WITHOUT_PRICE: 'true' });
const { charge, payed, cancel, becomes, found, measured } = storyOf(the);
afterEach(() => the.psp.misbehave());

const GRACE_MS = 61_000;
const reconcile = (body: object = {}) => the.pay.post('/reconciliations', body);
const differences = async () => {
  const { status, body } = await reconcile();
  assert.equal(status, 200, JSON.stringify(body));
  return body.differences;
};

/** Takes money at the PSP past pay. */
const chargeThere = (pspOrderId: string, psp = the.psp.api) =>
  callPsp(psp, 'POST', '/v1/billing/b', {
    customerKey: 'customer-demo',
    amount: 500_000,
    orderId: pspOrderId,
    orderName: 'x',
  });

async function cancelThere(orderId: number, cancelAmount?: number): Promise<void> {
  const payment = await callPsp(the.psp.api, 'GET', `/v1/payments/orders/${PREFIX}${orderId}`);
  const { paymentKey } = payment as { paymentKey: string };
  await callPsp(the.psp.api, 'POST', `/v1/payments/${paymentKey}/cancel`, {
    cancelReason: 'by hand',
    ...(cancelAmount && { cancelAmount }),
  });
}

const change = (orderId: number, set: object) =>
  the.pay.database.kysely.updateTable('payments').set(set).where('id', '=', orderId).execute();

async function declined(): Promise<number> {
  const orderId = newOrderId();
  the.psp.misbehave({ kind: 'decline', code: 'REJECT_CARD_PAYMENT', operation: 'charge' });
  await charge(orderId);
  the.psp.misbehave();
  return orderId;
}

describe('a reconciliation of a system in which all went as it should', () => {
  before(async () => {
    await payed();
    await declined();
    await charge(newOrderId(), 0);
    await cancel(newOrderId());
    const returned = await payed();
    await cancel(returned);
    await becomes(returned, 'PayCancelled');
    const lost = newOrderId();
    the.psp.misbehave({ kind: 'dropReply', operation: 'charge', times: 1 });
    await charge(lost);
    await becomes(lost, 'Payed');
    await chargeThere('another-system-1');
  });

  test('leaves what just happened for the next time', async () => {
    await payed();
    const { body } = await reconcile();
    assert.ok(body.moving > 0);
    assert.equal(body.total, 0);
  });

  test('finds no difference, and says what it compared', async () => {
    the.environment.jump(GRACE_MS);
    const { body } = await reconcile();
    assert.deepEqual([body.total, body.moving, body.differences], [0, 0, []]);
    assert.equal(body.transactions, 5, 'four charges and a refund; none of another system');
    assert.equal(await measured('reconciliation_differences', {}), 0);
  });
});

describe('a reconciliation lists', () => {
  const planted: Record<string, { plant: () => Promise<number | null>; shows: object }> = {
    unknownOrder: {
      plant: async () => {
        await chargeThere(`${PREFIX}900001`);
        return 900_001;
      },
      shows: { process: null, price: null, charged: 500_000, refunded: 0 },
    },
    chargedTwice: {
      plant: async () => {
        const orderId = await payed();
        const careless = createPsp({
          ...the.psp,
          environment: the.environment,
          refuseDuplicateOrders: false,
        });
        await chargeThere(`${PREFIX}${orderId}`, careless);
        return orderId;
      },
      shows: { process: 'Payed', price: 500_000, charged: 1_000_000, refunded: 0 },
    },
    chargedOnlyThere: {
      plant: async () => {
        const orderId = await declined();
        await chargeThere(`${PREFIX}${orderId}`);
        return orderId;
      },
      shows: { process: 'Declined', price: 500_000, charged: 500_000, refunded: 0 },
    },
    chargedOnlyHere: {
      plant: async () => {
        const orderId = await declined();
        await change(orderId, { state: 'Payed', decline_code: null });
        return orderId;
      },
      shows: { process: 'Payed', price: 500_000, charged: 0, refunded: 0 },
    },
    amountsDiffer: {
      plant: async () => {
        const orderId = await payed();
        await change(orderId, { price: 499_000 });
        return orderId;
      },
      shows: { process: 'Payed', price: 499_000, charged: 500_000, refunded: 0 },
    },
    refundedOnlyThere: {
      plant: async () => {
        const orderId = await payed();
        await cancelThere(orderId, 100_000);
        return orderId;
      },
      shows: { process: 'Payed', price: 500_000, charged: 500_000, refunded: 100_000 },
    },
    refundedOnlyHere: {
      plant: async () => {
        const orderId = await payed();
        await change(orderId, { state: 'PayCancelled', refunded_at: the.environment.now() });
        return orderId;
      },
      shows: { process: 'PayCancelled', price: 500_000, charged: 500_000, refunded: 0 },
    },
  };

  for (const [kind, { plant, shows }] of Object.entries(planted))
    test(`${kind}, once it is planted`, async () => {
      const orderId = await plant();
      the.environment.jump(GRACE_MS);
      const listed = (await differences()).filter((one: { orderId: number }) => one.orderId === orderId);
      const [{ pspOrderId, ...difference } = { pspOrderId: null }] = listed;
      assert.deepEqual([listed.length, difference], [1, { kind, orderId, ...shows }]);
      assert.equal(pspOrderId, kind === 'chargedOnlyHere' ? null : `${PREFIX}${orderId}`);
      assert.equal(await measured('reconciliation_differences', { kind }), 1);
    });

  test('none of them where only other days are asked for', async () => {
    const { body } = await reconcile({ from: '2020-01-01', to: '2020-01-31' });
    assert.deepEqual([body.from, body.to, body.total, body.orders], ['2020-01-01', '2020-01-31', 0, 0]);
  });
});

describe('a reconciliation', () => {
  test('keeps nothing of itself behind', async () => {
    await reconcile();
    const left = await the.pay.database.kysely.selectFrom('reconciliation_sums').selectAll().execute();
    assert.deepEqual(left, []);
  });

  test('goes through more orders than a page holds, on both sides', async () => {
    const before = await differences();
    for (let order = 0; order < 1_100; order++) await chargeThere(`${PREFIX}${910_000 + order}`);
    const row = (order: number) => ({
      id: 920_000 + order,
      version: 1,
      price: 500_000,
      customer_id: 'demo',
      state: 'Payed',
      attempts: 0,
      requested_at: the.environment.now(),
      charged_at: the.environment.now(),
    });
    const rows = Array.from({ length: 2_100 }, (_, order) => row(order));
    await the.pay.database.kysely.insertInto('payments').values(rows).execute();
    the.environment.jump(GRACE_MS);
    const { body } = await reconcile();
    assert.equal(body.total - before.length, 1_100 + 2_100);
    assert.equal(body.differences.length, 1_000, 'the list has an end');
  });

  for (const body of [{ from: 'yesterday' }, { from: '2026-02-30' }, { to: 5 }, { day: '2026-01-01' }])
    test(`of ${JSON.stringify(body)} is refused`, async () => {
      const { status, body: problem } = await reconcile(body);
      assert.deepEqual([status, problem.code], [400, 'request-invalid']);
    });

  for (const body of [
    { from: '2026-01-02', to: '2026-01-01' },
    { from: '2020-01-01', to: '2026-01-01' },
  ])
    test(`from ${body.from} to ${body.to} is refused`, async () => {
      assert.equal((await reconcile(body)).status, 400);
    });

  test('is refused with a time to come back while the PSP does not show its books', async () => {
    the.psp.misbehave({ kind: 'error', status: 500, operation: 'transactions' });
    const answer = reconcile();
    const refused = await Promise.race([answer, passTime(answer)]);
    assert.deepEqual([refused.status, refused.body.code], [503, 'psp-unavailable']);
  });

  test('survives a passing failure of the PSP', async () => {
    the.psp.misbehave({
      kind: 'error',
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      operation: 'transactions',
      times: 2,
    });
    const answer = reconcile();
    assert.equal((await Promise.race([answer, passTime(answer)])).status, 200);
  });

  test('comes by itself once a day', async () => {
    const days = () => the.pay.database.kysely.selectFrom('reconciled_days').selectAll().execute();
    await eventually(async () => {
      the.environment.jump(3_600_000);
      assert.equal((await days()).length, 1);
    });
    const [first] = await days();
    await eventually(async () => {
      the.environment.jump(3_600_000);
      assert.notDeepEqual(await days(), [first]);
    });
    await eventually(async () => assert.equal((await days()).length, 1, 'the days before are forgotten'));
    assert.ok((await found(1)).process);
  });
});

/** Lets time pass until the answer is there. */
async function passTime<T>(answer: Promise<T>): Promise<T> {
  let isThere = false;
  void answer.finally(() => {
    isThere = true;
  });
  await eventually(() => {
    the.environment.jump(5_000);
    assert.ok(isThere);
  });
  return answer;
}
