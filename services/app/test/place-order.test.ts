import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { appUnderTest, declined, order, payed } from './app-under-test.ts';

const the = appUnderTest();
afterEach(() => the.pay.answers(payed));

const english = { 'accept-language': 'en' };

describe('an order that is paid', () => {
  test('is created at the catalogue’s price times the quantity, with links', async () => {
    const { status, headers, body } = await order(the, { item: 'abc123', qty: 3 });
    assert.equal(status, 201);
    assert.match(String(headers['content-type']), /^application\/hal\+json/);
    assert.equal(headers.location, `${the.app.url}/orders/${body.id}`);
    const link = { href: `${the.app.url}/orders/${body.id}` };
    const { id, ...rest } = body;
    assert.ok(id > 0);
    assert.deepEqual(rest, {
      item: 'abc123',
      qty: 3,
      status: 'Ordered',
      store: null,
      price: 990_000,
      point: null,
      customerId: 'demo',
      _links: { self: link, order: link },
    });
  });

  test('is charged once, for its whole price and under its own number', async () => {
    const from = the.pay.requests.length;
    const { body } = await order(the, { item: 'galaxy23', qty: 2 });
    const charges = the.pay.requests.slice(from);
    const { reference, ...rest } = charges[0]?.body ?? {};
    assert.match(reference, /^[\x21-\x7e]{16,64}$/);
    const sent = { orderId: body.id, price: 2_310_000, process: 'Ordered', customerId: 'demo' };
    assert.deepEqual(
      [charges.map(({ method, path }) => [method, path]), rest],
      [[['POST', '/payments']], sent],
    );
  });

  test('is told to the others once', async () => {
    const { body } = await order(the);
    await the.app.settled();
    const [event, ...more] = the.app.published(body.id);
    const { timestamp, ...fields } = event as { timestamp: string };
    assert.match(timestamp, /^\d{14}$/);
    const { _links, ...record } = body;
    assert.deepEqual(fields, { eventType: 'Ordered', ...record });
    assert.deepEqual(more, []);
  });

  test('takes a quantity that comes as a string, as httpie sends it', async () => {
    const { status, body } = await order(the, { item: 'LG10', qty: '2' });
    assert.deepEqual([status, body.qty, body.price], [201, 2, 1_798_000]);
  });

  test('appears in the list, which pages and sorts', async () => {
    const { body: last } = await order(the);
    const { status, body } = await the.app.get('/orders?size=1&sort=id,desc');
    assert.equal(status, 200);
    assert.deepEqual(
      body._embedded.orders.map(({ id }: { id: number }) => id),
      [last.id],
    );
    assert.equal(body.page.size, 1);
    assert.equal(body.page.number, 0);
    assert.ok(body.page.totalElements >= 2);
    assert.equal(body.page.totalPages, body.page.totalElements);
    assert.ok(body._links.next.href.includes('page=1'));
  });
});

describe('the catalogue', () => {
  test('lists what is sold, with prices in whole won', async () => {
    const { status, body } = await the.app.get('/items');
    assert.equal(status, 200);
    const ids = body.map(({ id }: { id: string }) => id);
    for (const id of ['LG10', 'test88', 'galaxy23', 'abc123']) assert.ok(ids.includes(id), id);
    assert.ok(body.every(({ price }: { price: number }) => Number.isInteger(price) && price > 0));
  });
});

describe('an order that cannot be', () => {
  const refusedBeforePay = async (
    sent: unknown,
    status: number,
    code: string,
    headers: Record<string, string> = {},
  ) => {
    const from = the.pay.requests.length;
    const answer = await order(the, sent, headers);
    assert.deepEqual([answer.status, answer.body?.code], [status, code]);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.equal(the.pay.requests.length, from, 'pay was asked');
    return answer;
  };

  test('of an unknown item is refused in Korean by default', async () => {
    const { body } = await refusedBeforePay({ item: 'nokia3310', qty: 1 }, 422, 'item-unknown');
    assert.equal(body.detail, '없는 상품입니다: nokia3310');
  });

  test('of an unknown item is refused in English on request', async () => {
    const sent = { item: 'nokia3310', qty: 1 };
    const { body, headers } = await refusedBeforePay(sent, 422, 'item-unknown', english);
    assert.equal(body.detail, 'There is no such item: nokia3310');
    assert.equal(headers['content-language'], 'en');
    assert.equal(body.correlationId, headers['x-correlation-id']);
  });

  for (const qty of [0, -1, 101, 1.5, 'abc', '1.5', '', true, null, [1], undefined])
    test(`of quantity ${JSON.stringify(qty)} is refused, and the fault is named`, async () => {
      const { body } = await refusedBeforePay({ item: 'LG10', qty }, 400, 'request-invalid', english);
      assert.match(body.detail, /qty/);
    });

  test('with a price of the client’s own is refused, and the field is named', async () => {
    const sent = { item: 'LG10', qty: 1, price: 1 };
    const { body } = await refusedBeforePay(sent, 400, 'request-invalid', english);
    assert.match(body.detail, /unknown field: price/);
  });

  test('in broken JSON is refused', async () => {
    await refusedBeforePay('{"item":', 400, 'body-malformed');
  });

  test('in something other than JSON is refused', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await refusedBeforePay('item=LG10&qty=1', 415, 'media-type-unsupported', form);
  });

  test('in a body over the limit is refused', async () => {
    await refusedBeforePay({ item: 'x'.repeat(20_000), qty: 1 }, 413, 'body-too-large');
  });

  test('leaves no order behind', async () => {
    const before = await the.app.get('/orders');
    await order(the, { item: 'LG10', qty: 0 });
    await order(the, { item: 'nokia3310', qty: 1 });
    const after = await the.app.get('/orders');
    assert.equal(after.body.page.totalElements, before.body.page.totalElements);
  });
});

describe('an order whose payment is declined', () => {
  test('is answered with 402, the reason and no order, and no one is told', async () => {
    the.pay.answers(declined);
    const { status, body } = await order(the, { item: 'LG10', qty: 1 }, english);
    assert.deepEqual([status, body.code, body.declineCode], [402, 'payment-declined', 'REJECT_CARD_PAYMENT']);
    await the.app.settled();
    const { orderId } = the.pay.requests.at(-1)?.body ?? {};
    assert.deepEqual(the.app.published(orderId), []);
    const found = await the.app.get(`/orders/${orderId}`);
    assert.deepEqual([found.status, found.body.status], [200, 'PaymentFailed']);
    const { body: list } = await the.app.get('/orders?sort=id,desc');
    assert.ok(list._embedded.orders.every(({ id }: { id: number }) => id !== orderId));
  });

  test('cannot be cancelled: it never formed', async () => {
    the.pay.answers(declined);
    await order(the);
    const { orderId } = the.pay.requests.at(-1)?.body ?? {};
    const { status, body } = await the.app.patch(`/orders/${orderId}`, { status: 'cancel' });
    assert.deepEqual([status, body.code], [409, 'order-not-formed']);
  });
});

describe('while pay cannot be reached', () => {
  test('an order is refused with a time to come back, and nothing remains of it but a failed payment', async () => {
    await the.pay.down();
    const { status, headers, body } = await order(the);
    await the.pay.up();
    assert.deepEqual([status, body.code], [503, 'payment-unavailable']);
    assert.ok(Number(headers['retry-after']) >= 1);
    await the.app.settled();
    const { rows } = await failedOrders();
    const failed = rows.at(-1);
    assert.equal(failed?.status, 'PaymentFailed');
    assert.deepEqual(the.app.published(failed?.id), []);
  });

  test('an order is refused as well when pay says that nothing can be charged now', async () => {
    the.pay.answers(() => ({ status: 503, body: { code: 'payment-unavailable' } }));
    const { status, headers, body } = await order(the);
    assert.deepEqual([status, body.code, headers['retry-after']], [503, 'payment-unavailable', '1']);
    const { rows } = await failedOrders();
    assert.equal(rows.at(-1)?.status, 'PaymentFailed');
  });

  test('the breaker opens, and closes again when pay is back', async () => {
    await the.pay.down();
    const stateOfCharge = async () => {
      const { body } = await the.app.get('/breakers');
      return body.breakers.find(({ operation }: { operation: string }) => operation === 'charge')?.state;
    };
    for (let calls = 0; (await stateOfCharge()) !== 'open'; calls++) {
      assert.ok(calls < 60, 'it never opened');
      await order(the);
    }
    assert.equal((await order(the)).status, 503);
    await the.pay.up();
    await eventually(async () => assert.equal((await order(the)).status, 201));
    assert.equal(await stateOfCharge(), 'closed');
  });
});

async function failedOrders() {
  const rows = await the.app.database.kysely
    .selectFrom('orders')
    .select(['id', 'status'])
    .where('status', '=', 'PaymentFailed')
    .orderBy('id')
    .execute();
  return { rows: rows as { id: number; status: string }[] };
}
