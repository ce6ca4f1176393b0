import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { marketingUnderTest, newOrderId, payCompleted } from './marketing-under-test.ts';

const the = marketingUnderTest();

const found = async (id: number) => (await the.marketing.get(`/marketings/${id}`)).body;
const amounts = async (id: number) =>
  (await found(id)).entries.map(({ amount }: { amount: number }) => amount);
const told = (id: number) =>
  the.marketing.published(id).map((event) => [event.eventType, 'point' in event && event.point]);
const cancel = (orderId: number) =>
  the.marketing.post('/marketings', { orderId, point: 0, process: 'PayCancelled' });
const happens = async (...events: EventBody[]) => {
  const records = await the.marketing.publish(...events);
  await the.marketing.settled();
  return records;
};

describe('a completed payment', () => {
  test('earns 300,000 once, whatever its price, with an entry in the ledger', async () => {
    const id = newOrderId();
    await happens(payCompleted(id));
    const { entries, _links, ...mileage } = await found(id);
    const fields = { id, orderId: id, point: 300_000, process: 'PayCompleted', customerId: 'demo' };
    assert.deepEqual(mileage, fields);
    assert.equal(_links.marketing.href, `${the.marketing.url}/marketings/${id}`);
    const [{ at, ...entry }] = entries;
    assert.deepEqual(entry, { amount: 300_000, reason: 'PayCompleted' });
    assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000);
    const [event] = the.marketing.published(id);
    const { timestamp, ...eventFields } = event as { timestamp: string };
    assert.match(timestamp, /^\d{14}$/);
    assert.deepEqual(eventFields, { eventType: 'PromoCompleted', ...fields });
  });

  test('earns nothing more when it is told again, also after a restart', async () => {
    const id = newOrderId();
    const records = await happens(payCompleted(id), payCompleted(id));
    await the.restart();
    await the.marketing.publishRecords(...records);
    await happens(payCompleted(id));
    assert.deepEqual(await amounts(id), [300_000]);
    assert.deepEqual(told(id), [['PromoCompleted', 300_000]]);
  });
});

describe('a cancel by pay', () => {
  test('takes the mileage back, with an entry of its own, and that is told', async () => {
    const id = newOrderId();
    await happens(payCompleted(id));
    const { status, body } = await cancel(id);
    assert.deepEqual([status, body.point, body.process], [201, 0, 'PayCancelled']);
    assert.deepEqual(await amounts(id), [300_000, -300_000]);
    await the.marketing.settled();
    assert.deepEqual(told(id), [
      ['PromoCompleted', 300_000],
      ['PromoCancelled', 0],
    ]);
  });

  test('takes it back once, however often and at the same time it is asked', async () => {
    const id = newOrderId();
    await happens(payCompleted(id));
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancel(id)));
    for (const { status, body } of answers) assert.deepEqual([status, body.point], [201, 0]);
    assert.deepEqual(await amounts(id), [300_000, -300_000]);
    await the.marketing.settled();
    assert.equal(told(id).length, 2);
  });

  test('that comes before the grant leaves a mark, and the grant then earns nothing', async () => {
    const id = newOrderId();
    assert.deepEqual((await cancel(id)).body.point, 0);
    await happens(payCompleted(id));
    const { point, entries } = await found(id);
    assert.deepEqual([point, entries], [0, []]);
    assert.deepEqual(told(id), [['PromoCancelled', 0]]);
  });

  test('as the Java pay sends it, with a double, is taken', async () => {
    const id = newOrderId();
    await happens(payCompleted(id));
    const sent = `{"id":null,"orderId":${id},"point":0.0,"process":"PayCancelled"}`;
    const { status, body } = await the.marketing.post('/marketings', sent);
    assert.deepEqual([status, body.point], [201, 0]);
  });

  test('can never grant: a point above 0 is refused', async () => {
    const id = newOrderId();
    const { status, body } = await the.marketing.post('/marketings', { orderId: id, point: 300_000 });
    assert.deepEqual([status, body.code], [422, 'mileage-not-grantable']);
    assert.equal((await the.marketing.get(`/marketings/${id}`)).status, 404);
  });

  test('without an order, or with an unknown field, is refused', async () => {
    for (const sent of [{ point: 0 }, { orderId: 0 }, { orderId: 1, customerId: 'someone' }]) {
      const { status, body } = await the.marketing.post('/marketings', sent);
      assert.deepEqual([status, body.code], [400, 'request-invalid']);
    }
  });
});

describe('the list', () => {
  test('shows one customer’s mileage when it is asked to, and everyone’s otherwise', async () => {
    const [kim, lee] = [newOrderId(), newOrderId()];
    await happens(payCompleted(kim, 'kim'), payCompleted(lee, 'lee'));
    const ids = async (query: string) => {
      const { body } = await the.marketing.get(`/marketings?${query}`);
      return body._embedded.marketings.map(({ id }: { id: number }) => id);
    };
    assert.deepEqual(await ids('customer=kim'), [kim]);
    assert.deepEqual(await ids('customer=nobody'), []);
    assert.deepEqual(await ids('size=2&sort=id,desc'), [lee, kim]);
  });
});

describe('a promotion of another size', () => {
  const other = marketingUnderTest({ PROMOTION_POINTS: '50000' });

  test('is what a payment earns', async () => {
    const id = newOrderId();
    await other.marketing.publish(payCompleted(id));
    await other.marketing.settled();
    assert.equal((await other.marketing.get(`/marketings/${id}`)).body.point, 50_000);
  });
});
