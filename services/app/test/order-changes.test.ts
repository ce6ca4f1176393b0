import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { appUnderTest, order, paymentEvent } from './app-under-test.ts';

const HOUR_MS = 60 * 60 * 1000;

const the = appUnderTest({ CANCEL_WINDOW_HOURS: '2' });

const placed = async (): Promise<number> => (await order(the)).body.id;
const found = async (id: number) => (await the.app.get(`/orders/${id}`)).body;
const cancel = (id: number) => the.app.patch(`/orders/${id}`, { status: 'cancel' });
const typesOf = (id: number) => the.app.published(id).map(({ eventType }) => eventType);

const happens = async (...events: EventBody[]) => {
  const records = await the.app.publish(...events);
  await the.app.settled();
  return records;
};
const payCompleted = (orderId: number) => paymentEvent('PayCompleted', orderId);
const shipped = (orderId: number): EventBody => ({ eventType: 'Shipped', orderId, process: 'Shipped' });
const promoCompleted = (orderId: number): EventBody => ({
  eventType: 'PromoCompleted',
  orderId,
  point: 300_000,
});
const promoCancelled = (orderId: number): EventBody => ({ eventType: 'PromoCancelled', orderId, point: 0 });
const payCancelled = (orderId: number) => paymentEvent('PayCancelled', orderId);

describe('a cancel', () => {
  test('is taken at once, and told once', async () => {
    const id = await placed();
    const { status, body } = await cancel(id);
    assert.deepEqual([status, body.id, body.status], [200, id, 'OrderCancelled']);
    await the.app.settled();
    assert.deepEqual(typesOf(id), ['Ordered', 'OrderCancelled']);
  });

  test('that is repeated, or sent many times at once, changes nothing more', async () => {
    const id = await placed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)));
    assert.deepEqual(
      [...new Set(answers.map(({ status, body }) => `${status} ${body.status}`))],
      ['200 OrderCancelled'],
    );
    await the.app.settled();
    assert.deepEqual(typesOf(id), ['Ordered', 'OrderCancelled']);
  });

  test('is taken after the parcel left', async () => {
    const id = await placed();
    await happens(payCompleted(id), shipped(id));
    assert.equal((await found(id)).status, 'Shipped');
    assert.equal((await cancel(id)).body.status, 'OrderCancelled');
  });

  test('is taken until the time to withdraw is over, and refused then', async () => {
    const [early, late] = [await placed(), await placed()];
    the.environment.jump(2 * HOUR_MS - 60_000);
    assert.equal((await cancel(early)).status, 200);
    the.environment.jump(2 * 60_000);
    const { status, body } = await cancel(late);
    assert.deepEqual([status, body.code], [409, 'cancel-window-closed']);
    assert.equal((await cancel(early)).status, 200, 'what is cancelled stays so, whenever it is asked for');
    await the.app.settled();
    assert.deepEqual(typesOf(late), ['Ordered']);
  });

  test('of an order that does not exist is not found', async () => {
    for (const id of ['987654', '0', '-1', 'abc']) {
      const { status, body } = await the.app.patch(`/orders/${id}`, { status: 'cancel' });
      assert.deepEqual([status, body.code], [404, 'not-found']);
    }
  });

  test('is the only change that a customer can make', async () => {
    const id = await placed();
    for (const change of [{ status: 'Shipped' }, { status: 'cancel', price: 0 }, {}, { point: 300_000 }]) {
      const { status, body } = await the.app.patch(`/orders/${id}`, change);
      assert.deepEqual([status, body.code], [400, 'request-invalid']);
    }
    assert.equal((await found(id)).status, 'Ordered');
  });
});

describe('an order', () => {
  test('goes from Ordered to Payed to Shipped as the others tell', async () => {
    const id = await placed();
    await happens(payCompleted(id));
    assert.equal((await found(id)).status, 'Payed');
    await happens(shipped(id));
    assert.equal((await found(id)).status, 'Shipped');
  });

  test('has no point, then 300,000, then 0', async () => {
    const id = await placed();
    assert.equal((await found(id)).point, null);
    await happens(promoCompleted(id));
    assert.equal((await found(id)).point, 300_000);
    await happens(promoCancelled(id));
    assert.equal((await found(id)).point, 0);
  });

  test('keeps its point at 0 when the grant comes after its cancel', async () => {
    const id = await placed();
    await happens(promoCancelled(id), promoCompleted(id));
    assert.equal((await found(id)).point, 0);
  });

  test('that was cancelled ends as PayCancelled, whatever comes late', async () => {
    const id = await placed();
    await cancel(id);
    await happens(payCancelled(id), shipped(id), payCompleted(id));
    assert.equal((await found(id)).status, 'PayCancelled');
  });

  test('stays as it is when everything is told again, under the same ids and under new ones', async () => {
    const id = await placed();
    const story = [payCompleted(id), shipped(id), promoCompleted(id), promoCancelled(id), payCancelled(id)];
    await cancel(id);
    const records = await happens(...story);
    const before = await found(id);
    await the.app.publishRecords(...records, ...records);
    await happens(...story);
    assert.deepEqual(await found(id), before);
    assert.deepEqual([before.status, before.point], ['PayCancelled', 0]);
    assert.deepEqual(typesOf(id), ['Ordered', 'OrderCancelled']);
  });

  test('stays as it is when the whole log is read again', async () => {
    const id = await placed();
    await happens(payCompleted(id), shipped(id), promoCompleted(id));
    const before = [await found(id), the.app.published().length];
    const everything = the.app.log.partitions.flat();
    await the.app.publishRecords(...everything);
    await the.app.settled();
    assert.deepEqual(
      [await found(id), the.app.published().length - everything.filter(isOfApp).length],
      before,
    );
  });
});

const isOfApp = ({ headers }: { headers: Readonly<Record<string, string>> }) => headers.ce_source === 'app';

describe('records of a Java service', () => {
  const javaRecord = (fields: string) => ({ key: null, headers: {}, value: `{${fields}}` });

  test('of a kind that app does not know, or about an order that it does not have, are passed over', async () => {
    const id = await placed();
    await the.app.publishRecords(
      javaRecord('"eventType":"StockCounted","orderId":1'),
      javaRecord('"eventType":"PayCompleted","orderId":424242,"process":"Payed"'),
      { ...javaRecord(''), value: 'not even JSON' },
      { ...javaRecord(''), key: String(id), value: JSON.stringify(shipped(id)) },
    );
    await the.app.settled();
    assert.equal((await found(id)).status, 'Shipped');
  });
});
