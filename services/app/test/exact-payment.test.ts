import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually, type FakeAnswer, type FakeRequest } from '@phone82/testkit';
import { appUnderTest, lostThen, order, payed, payment, paymentEvent } from './app-under-test.ts';

const the = appUnderTest();
afterEach(async () => {
  the.pay.answers(payed);
  // So many failures in a row would open the breaker.
  for (let calls = 0; calls < 3; calls++) await order(the);
});

const found = async (id: number) => (await the.app.get(`/orders/${id}`)).body;
const typesOf = (id: number) => the.app.published(id).map(({ eventType }) => eventType);
const lastCharged = (): number =>
  the.pay.requests.findLast(({ method }) => method === 'POST')?.body.orderId ?? assert.fail();
const changesAt = (id: number) =>
  the.pay.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(`/${id}`));

const isRefusedForGood = async () => {
  const { status, headers, body } = await order(the);
  assert.deepEqual([status, body.code, headers['retry-after']], [503, 'payment-unavailable', '1']);
  const id = lastCharged();
  assert.equal((await found(id)).status, 'PaymentFailed');
  the.environment.jump(20_000);
  await the.app.settled();
  assert.equal((await found(id)).status, 'PaymentFailed');
  assert.deepEqual(typesOf(id), []);
};

describe('an order whose number has a payment already', () => {
  const refusedWith =
    (status: number, code: string) =>
    (request: FakeRequest): FakeAnswer =>
      request.method === 'POST'
        ? { status, body: { code } }
        : { status: 200, body: payment('Payed', request, { reference: 'of another order' }) };

  test('fails for good when pay says that price or reference differ, and never forms by the payment of the other order', async () => {
    the.pay.answers(refusedWith(422, 'payment-mismatch'));
    await isRefusedForGood();
  });

  test('fails for good when pay says that it was cancelled before', async () => {
    the.pay.answers(refusedWith(409, 'payment-voided'));
    await isRefusedForGood();
  });

  test('fails for good when pay takes no payment without a price', async () => {
    the.pay.answers(refusedWith(422, 'payment-price-missing'));
    await isRefusedForGood();
  });

  for (const [what, differing] of Object.entries({
    'another reference': { reference: 'of another order' },
    'no reference': { reference: null },
    'another price': { price: 1 },
    'another order id': { orderId: 999_999 },
  }))
    test(`does not form by a yes to ${what}`, async () => {
      the.pay.answers((request) => ({ status: 201, body: payment('Payed', request, differing) }));
      const { status, body } = await order(the);
      assert.deepEqual([status, body.status], [202, 'Pending']);
      await eventually(async () => {
        the.environment.jump(2_000);
        assert.equal((await found(body.id)).status, 'Pending');
      });
      assert.deepEqual(typesOf(body.id), []);
    });

  for (const differing of [{ reference: 'of another order' }, { reference: null }, { price: 1 }])
    test(`fails when the payment that is found has ${JSON.stringify(differing)}, which stays as it is`, async () => {
      the.pay.answers((request) =>
        request.method === 'GET'
          ? { status: 200, body: payment('Payed', request, differing) }
          : lostThen('Payed')(request),
      );
      const { body } = await order(the);
      await eventually(async () => {
        the.environment.jump(2_000);
        assert.equal((await found(body.id)).status, 'PaymentFailed');
      });
      assert.deepEqual([typesOf(body.id), changesAt(body.id)], [[], []]);
    });
});

describe('news of a payment that is not the order’s own', () => {
  const pending = async (): Promise<number> => {
    the.pay.answers(lostThen('Unknown'));
    return (await order(the)).body.id;
  };
  const others = [{ reference: 'of another order' }, { reference: null }, { reference: undefined }];

  for (const differing of [...others, { price: 1 }, { price: null }])
    test(`PayCompleted with ${JSON.stringify(differing)} forms no order`, async () => {
      const id = await pending();
      await the.app.publish(paymentEvent('PayCompleted', id, differing));
      await the.app.settled();
      assert.deepEqual([(await found(id)).status, typesOf(id)], ['Pending', []]);
    });

  for (const differing of others)
    test(`PayCancelled with ${JSON.stringify(differing)} changes nothing`, async () => {
      const waiting = await pending();
      the.pay.answers(payed);
      const formed = (await order(the)).body.id;
      await the.app.publish(
        paymentEvent('PayCancelled', waiting, differing),
        paymentEvent('PayCancelled', formed, differing),
      );
      await the.app.settled();
      assert.deepEqual([(await found(waiting)).status, (await found(formed)).status], ['Pending', 'Ordered']);
    });

  test('Shipped proves no payment: the order waits for it, and is then shipped', async () => {
    const id = await pending();
    await the.app.publish({ eventType: 'Shipped', orderId: id, process: 'Shipped' });
    await the.app.settled();
    assert.deepEqual([(await found(id)).status, typesOf(id)], ['Pending', []]);
    const cancel = await the.app.patch(`/orders/${id}`, { status: 'cancel' });
    assert.deepEqual([cancel.status, cancel.body.code], [409, 'order-pending']);
    await the.app.publish(paymentEvent('PayCompleted', id));
    await the.app.settled();
    assert.deepEqual([(await found(id)).status, typesOf(id)], ['Shipped', ['Ordered']]);
  });

  test('Shipped leaves the order to the resolver, by which it forms or fails', async () => {
    const id = await pending();
    await the.app.publish({ eventType: 'Shipped', orderId: id, process: 'Shipped' });
    await the.app.settled();
    the.pay.answers(lostThen('Declined'));
    await eventually(async () => {
      the.environment.jump(2_000);
      assert.equal((await found(id)).status, 'PaymentFailed');
    });
    assert.deepEqual(typesOf(id), []);
  });
});

test('an order of before references counts by id and price, where its payment has no reference either', async () => {
  const { kysely } = the.app.database;
  for (const [payments, status] of [
    [{ reference: null }, 'Ordered'],
    [{ reference: 'of another order' }, 'PaymentFailed'],
  ] as const) {
    the.pay.answers(lostThen('Unknown'));
    const { body } = await order(the);
    await kysely.updateTable('orders').set({ reference: null }).where('id', '=', body.id).execute();
    the.pay.answers((request) => ({ status: 200, body: payment('Payed', request, payments) }));
    await eventually(async () => {
      the.environment.jump(2_000);
      assert.equal((await found(body.id)).status, status);
    });
  }
});
