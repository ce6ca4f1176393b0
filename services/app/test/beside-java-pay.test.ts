import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually, type FakeAnswer, type FakeRequest } from '@phone82/testkit';
import { appUnderTest, order, payment, paymentEvent } from './app-under-test.ts';

/** The Java pay: ids of its own, which its bodies do not show, and no references. */
const javaPay =
  (found: object = { orderId: 424_242, price: 899_000 }) =>
  (request: FakeRequest): FakeAnswer => {
    if (request.method === 'POST') {
      const { reference, ...body } = payment('Payed', request);
      return { status: 201, body };
    }
    return { status: 200, body: { process: 'Payed', ...found } };
  };
const lost = (found?: object) => (request: FakeRequest) => {
  const answer = javaPay(found)(request);
  return request.method === 'POST' ? 'reset' : answer;
};

const the = appUnderTest({ PAY_WITHOUT_REFERENCES: 'true' });
afterEach(async () => {
  the.pay.answers(javaPay());
  // So many failures in a row would open the breaker.
  for (let calls = 0; calls < 3; calls++) await order(the);
});

const statusOf = async (id: number) => (await the.app.get(`/orders/${id}`)).body.status;
const staysPending = async (id: number) => {
  for (let looks = 0; looks < 3; looks++) {
    the.environment.jump(2_000);
    await the.app.settled();
    assert.equal(await statusOf(id), 'Pending');
  }
};
const withoutReference = { reference: undefined };

describe('beside a pay without references', () => {
  test('an order forms by the yes to its own call', async () => {
    the.pay.answers(javaPay());
    const { status, body } = await order(the);
    assert.deepEqual([status, body.status], [201, 'Ordered']);
  });

  test('a lost answer is not found out by the payment of another order that has this id there, and nothing is voided', async () => {
    the.pay.answers(lost());
    const { status, body } = await order(the);
    assert.equal(status, 202);
    await staysPending(body.id);
    assert.ok(the.pay.requests.every(({ method }) => method !== 'PATCH'));
  });

  test('a payment that pay does not know is not voided either: the id may be given to another order', async () => {
    the.pay.answers((request) => (request.method === 'POST' ? lost()(request) : { status: 404 }));
    const { body } = await order(the);
    await staysPending(body.id);
    assert.ok(the.pay.requests.every(({ method }) => method !== 'PATCH'));
  });

  test('a lost answer is found out by a payment of its own id and price', async () => {
    the.pay.answers(lost());
    const { body } = await order(the);
    the.pay.answers(lost({ orderId: body.id, price: body.price }));
    await eventually(async () => {
      the.environment.jump(2_000);
      assert.equal(await statusOf(body.id), 'Ordered');
    });
  });

  test('a lost answer is found out by PayCompleted with its id and price, and by no other', async () => {
    the.pay.answers(lost());
    const { body } = await order(the);
    await the.app.publish(paymentEvent('PayCompleted', body.id, { ...withoutReference, price: 1 }));
    await the.app.settled();
    assert.equal(await statusOf(body.id), 'Pending');
    await the.app.publish(paymentEvent('PayCompleted', body.id, { ...withoutReference, price: body.price }));
    await the.app.settled();
    assert.equal(await statusOf(body.id), 'Payed');
  });

  test('records without key and headers, with doubles for numbers, are accepted', async () => {
    the.pay.answers(javaPay());
    const { body } = await order(the);
    const javaRecord = (fields: string) => ({ key: null, headers: {}, value: `{${fields}}` });
    await the.app.publishRecords(
      javaRecord(
        `"eventType":"PayCompleted","timestamp":"20260105103000","id":9,"orderId":${body.id},"price":${body.price}.0,"process":"Payed"`,
      ),
      javaRecord(
        `"eventType":"PromoCompleted","id":9,"orderId":${body.id},"point":300000.0,"process":"PayCompleted","me":true`,
      ),
    );
    await the.app.settled();
    const { status, point } = (await the.app.get(`/orders/${body.id}`)).body;
    assert.deepEqual([status, point], ['Payed', 300_000]);
  });

  test('PayCancelled counts by the id, for it comes with the price 0', async () => {
    the.pay.answers(javaPay());
    const { body } = await order(the);
    await the.app.patch(`/orders/${body.id}`, { status: 'cancel' });
    await the.app.publish({ eventType: 'PayCancelled', orderId: body.id, price: 0, process: 'PayCancelled' });
    await the.app.settled();
    assert.equal(await statusOf(body.id), 'PayCancelled');
  });
});
