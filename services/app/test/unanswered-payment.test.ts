import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually, type HttpAnswer } from '@phone82/testkit';
import { appUnderTest, declined, lostThen, order, payed, paymentEvent } from './app-under-test.ts';

const SETTLES_AFTER_MS = 2_000;

const the = appUnderTest({ PAY_TIMEOUT_MS: '200' });
afterEach(async () => {
  the.pay.answers(payed);
  // So many failures in a row would open the breaker.
  for (let calls = 0; calls < 3; calls++) await order(the);
});

const typesOf = (orderId: number) => the.app.published(orderId).map(({ eventType }) => eventType);

/** Waits until the order is as wanted, while its time passes. */
const becomes = (id: number, status: string) =>
  eventually(
    async () => {
      the.environment.jump(SETTLES_AFTER_MS);
      const { body } = await the.app.get(`/orders/${id}`);
      assert.equal(body.status, status);
      await the.app.settled();
    },
    // A breaker's own time does not jump.
    { timeoutMs: 15_000 },
  );

const isPending = ({ status, headers, body }: HttpAnswer) => {
  assert.deepEqual([status, body.status], [202, 'Pending']);
  assert.equal(headers.location, `${the.app.url}/orders/${body.id}`);
  assert.equal(headers['retry-after'], '1');
};

describe('an order whose payment is not answered', () => {
  test('is pending after the time-out, is no order yet, and says where to look', async () => {
    the.pay.answers(() => 'silence');
    const answer = await order(the);
    isPending(answer);
    const { id } = answer.body;
    assert.equal((await the.app.get(`/orders/${id}`)).body.status, 'Pending');
    const { body: list } = await the.app.get('/orders?sort=id,desc');
    assert.ok(list._embedded.orders.every((listed: { id: number }) => listed.id !== id));
    assert.deepEqual(typesOf(id), []);
    the.pay.answers(lostThen(undefined));
    await becomes(id, 'PaymentFailed');
  });

  test('cannot be cancelled while it is pending', async () => {
    the.pay.answers(lostThen('Unknown'));
    const { body } = await order(the);
    const refused = await the.app.patch(`/orders/${body.id}`, { status: 'cancel' });
    assert.deepEqual([refused.status, refused.body.code], [409, 'order-pending']);
    the.pay.answers(lostThen('Payed'));
    await becomes(body.id, 'Ordered');
  });

  test('is refused, and never answered as made, when its payment is cancelled meanwhile', async () => {
    the.pay.answers(({ method, body }) => {
      const { orderId, price, reference } = body ?? {};
      const event = {
        eventType: 'PayCancelled',
        orderId,
        price,
        reference,
        process: 'PayCancelled',
      } as const;
      if (method === 'POST') void the.app.publish(event);
      return 'silence';
    });
    const { status, body, headers } = await order(the);
    assert.deepEqual([status, body.code, headers['retry-after']], [503, 'payment-unavailable', '1']);
  });

  test('forms by itself when it turns out to be paid, and is told once', async () => {
    the.pay.answers(lostThen('Payed'));
    const answer = await order(the);
    isPending(answer);
    await becomes(answer.body.id, 'Ordered');
    assert.deepEqual(typesOf(answer.body.id), ['Ordered']);
  });

  test('is asked about again while pay does not know either', async () => {
    the.pay.answers(lostThen('Unknown'));
    const { body } = await order(the);
    const looks = () =>
      the.pay.requests.filter(({ method, path }) => method === 'GET' && path.endsWith(`/${body.id}`));
    await eventually(() => {
      the.environment.jump(SETTLES_AFTER_MS);
      assert.ok(looks().length >= 3);
    });
    assert.equal((await the.app.get(`/orders/${body.id}`)).body.status, 'Pending');
    the.pay.answers(lostThen('Payed'));
    await becomes(body.id, 'Ordered');
  });

  for (const process of ['Declined', 'Voided', 'CancelPending', 'PayCancelled'])
    test(`fails by itself when its payment turns out to be ${process}, and no one is told`, async () => {
      the.pay.answers(lostThen(process));
      const { body } = await order(the);
      await becomes(body.id, 'PaymentFailed');
      assert.deepEqual(typesOf(body.id), []);
    });

  test('fails when pay never saw its payment, which is then voided there for good', async () => {
    the.pay.answers(lostThen(undefined));
    const { body } = await order(the);
    await becomes(body.id, 'PaymentFailed');
    const voids = the.pay.requests.filter(
      ({ method, path }) => method === 'PATCH' && path.endsWith(`/${body.id}`),
    );
    assert.deepEqual(
      voids.map(({ body: sent }) => sent),
      [{ process: 'void' }],
    );
    assert.deepEqual(typesOf(body.id), []);
  });

  for (const status of [500, 503])
    test(`is pending too when pay answers ${status}: it may have charged`, async () => {
      the.pay.answers(({ method }) => ({ status: method === 'POST' ? status : 404 }));
      isPending(await order(the));
    });

  test('is settled by the next process when the first one ends before', async () => {
    the.pay.answers(lostThen('Payed'));
    const { body } = await order(the);
    await the.restart();
    await becomes(body.id, 'Ordered');
    assert.deepEqual(typesOf(body.id), ['Ordered']);
  });
});

describe('news of a payment that overtakes the answer to its request', () => {
  const pending = async (): Promise<number> => {
    the.pay.answers(lostThen('Unknown'));
    const { body } = await order(the);
    return body.id;
  };

  test('PayCompleted forms the order and pays it, and Ordered is told once', async () => {
    const id = await pending();
    await the.app.publish(paymentEvent('PayCompleted', id));
    await the.app.settled();
    assert.equal((await the.app.get(`/orders/${id}`)).body.status, 'Payed');
    const [event, ...more] = the.app.published(id);
    assert.equal(event?.eventType === 'Ordered' && event.status, 'Ordered');
    assert.deepEqual(more, []);
  });

  test('PayCancelled fails it, and no one is told', async () => {
    const id = await pending();
    await the.app.publish(paymentEvent('PayCancelled', id));
    await the.app.settled();
    assert.equal((await the.app.get(`/orders/${id}`)).body.status, 'PaymentFailed');
    assert.deepEqual(typesOf(id), []);
  });

  test('money that was taken for a failed order goes back by an ordinary cancel', async () => {
    the.pay.answers(declined);
    await order(the);
    const id = the.pay.requests.at(-1)?.body.orderId;
    await the.app.publish(paymentEvent('PayCompleted', id));
    await the.app.settled();
    assert.equal((await the.app.get(`/orders/${id}`)).body.status, 'OrderCancelled');
    assert.deepEqual(typesOf(id), ['OrderCancelled']);
  });
});
