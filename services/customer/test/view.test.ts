import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { eventually } from '@phone82/testkit';
import { follow } from './change-stream.ts';
import { customerUnderTest, lifeOf, newOrderId } from './customer-under-test.ts';

const the = customerUnderTest();

const find = (id: number, query = '') => the.customer.get(`/customers/${id}${query}`);
const found = async (id: number) => (await find(id)).body;
const happens = async (...events: EventBody[]) => {
  const records = await the.customer.publish(...events);
  await the.customer.settled();
  return records;
};
const timeOf = ({ timeline }: { timeline: { eventType: string }[] }) =>
  timeline.map(({ eventType }) => eventType);

describe('an order’s view', () => {
  test('holds everything that happened, with its time', async () => {
    const id = newOrderId();
    const { ordered, payCompleted, shipped, promoCompleted } = lifeOf(id);
    const records = [];
    for (const event of [ordered, payCompleted, shipped, promoCompleted]) {
      records.push(...(await happens(event)));
      the.environment.jump(1_000);
    }
    const { timeline, _links, ...view } = await found(id);
    const order = { id, orderId: id, item: 'LG10', qty: 2, price: 1_798_000, customerId: 'demo' };
    assert.deepEqual(view, { ...order, status: 'Shipped', point: 300_000, version: 4 });
    assert.equal(_links.customer.href, `${the.customer.url}/customers/${id}`);
    assert.deepEqual(
      timeline,
      records.map(({ headers }) => ({
        eventType: headers.ce_type,
        at: headers.ce_time,
        messageId: `${headers.ce_source}:${headers.ce_id}`,
      })),
    );
  });

  test('goes with its order to the end', async () => {
    const id = newOrderId();
    const { ordered, payCompleted, shipped, promoCompleted, ...cancel } = lifeOf(id);
    const seen = [];
    for (const event of [ordered, payCompleted, promoCompleted, shipped, ...Object.values(cancel)]) {
      await happens(event);
      const { status, point } = await found(id);
      seen.push([status, point]);
    }
    assert.deepEqual(seen, [
      ['Ordered', null],
      ['Payed', null],
      ['Payed', 300_000],
      ['Shipped', 300_000],
      ['OrderCancelled', 300_000],
      ['OrderCancelled', 0],
      ['PayCancelled', 0],
    ]);
  });

  test('ends the same when the events come the other way round', async () => {
    const id = newOrderId();
    await happens(...Object.values(lifeOf(id)).reverse());
    const { status, point, version } = await found(id);
    assert.deepEqual([status, point, version], ['PayCancelled', 0, 7]);
  });

  test('is there once there is an order, not for a payment alone', async () => {
    const id = newOrderId();
    const { ordered, payCompleted } = lifeOf(id);
    await happens(payCompleted);
    assert.equal((await find(id)).body.code, 'not-found');
    const { body: list } = await the.customer.get('/customers?sort=id,desc');
    assert.ok(list._embedded.customers.every((one: { id: number }) => one.id !== id));
    await happens(ordered);
    assert.equal((await found(id)).status, 'Payed');
  });

  test('stays as it is when the log is replayed', async () => {
    const id = newOrderId();
    await happens(...Object.values(lifeOf(id)));
    const before = await found(id);
    await the.customer.publishRecords(...the.customer.log.partitions.flat());
    await the.customer.settled();
    assert.deepEqual(await found(id), before);
  });

  test('outlives the process', async () => {
    const id = newOrderId();
    await happens(lifeOf(id).ordered);
    const { _links, ...before } = await found(id);
    await the.restart();
    const { _links: moved, ...after } = await found(id);
    assert.deepEqual(after, before);
    assert.notDeepEqual(moved, _links);
  });

  test('takes a Java service’s records, without key and headers', async () => {
    const id = newOrderId();
    const record = (value: object) => ({ key: null, headers: {}, value: JSON.stringify(value) });
    await the.customer.publishRecords(
      record({ eventType: 'Ordered', timestamp: '20260105103000', id, item: 'LG10', qty: 1, me: true }),
      record({ eventType: 'PromoCompleted', timestamp: '20260105103100', orderId: id, point: 300_000.0 }),
    );
    await the.customer.settled();
    const view = await found(id);
    assert.deepEqual([view.status, view.point, view.customerId], ['Ordered', 300_000, 'demo']);
    assert.deepEqual(timeOf(view), ['Ordered', 'PromoCompleted']);
    // Java writes its own time zone into the body: what counts is when the log took the record.
    const logged = the.customer.log.partitions.flat().find(({ value }) => value.includes(`"id":${id},`));
    assert.equal(view.timeline[0].at, new Date(logged?.timestamp ?? 0).toISOString());
  });
});

describe('a reader', () => {
  test('that asks for a version gets it when it comes within half a second', async () => {
    const id = newOrderId();
    const { ordered, payCompleted } = lifeOf(id);
    await happens(ordered);
    const waiting = find(id, '?minVersion=2');
    await the.customer.publish(payCompleted);
    assert.deepEqual((await waiting).body.version, 2);
  });

  test('that asks for a version that does not come gets what there is', async () => {
    const id = newOrderId();
    await happens(lifeOf(id).ordered);
    let version: number | undefined;
    const answered = find(id, '?minVersion=9').then(({ body }) => {
      version = body.version;
    });
    await eventually(() => {
      the.environment.jump(500);
      assert.equal(version, 1);
    });
    await answered;
  });

  test('sees one customer’s orders, sorted and in pages', async () => {
    const ids = [newOrderId(), newOrderId(), newOrderId()];
    await happens(...ids.map((id) => lifeOf(id, 'kim').ordered));
    const { body } = await the.customer.get('/customers?customer=kim&size=2&sort=id,desc');
    assert.deepEqual(
      body._embedded.customers.map(({ id }: { id: number }) => id),
      [ids[2], ids[1]],
    );
    assert.deepEqual(body.page, { size: 2, totalElements: 3, totalPages: 2, number: 0 });
  });

  test('of something that is no order finds nothing, or is told what is wrong', async () => {
    assert.equal((await the.customer.get('/customers/abc')).status, 404);
    assert.equal((await the.customer.get('/customers?sort=timeline')).body.code, 'request-invalid');
    assert.equal((await the.customer.get('/customers?size=1000')).body.code, 'request-invalid');
    assert.equal((await the.customer.get('/customers?customer=a%00b')).body.code, 'request-invalid');
  });
});

describe('the stream of an order’s changes', () => {
  const streamOf = (id: number) => follow(`${the.customer.url}/customers/${id}/events`);

  test('begins with the order as it is, and tells each change', async () => {
    const id = newOrderId();
    const { ordered, payCompleted, shipped } = lifeOf(id);
    await happens(ordered);
    const stream = await streamOf(id);
    assert.match(String(stream.headers['content-type']), /^text\/event-stream/);
    await stream.until(1);
    await happens(payCompleted);
    await stream.until(2);
    await happens(shipped);
    await stream.until(3);
    assert.deepEqual(
      stream.changes.map(({ id: of, status, version }) => [of, status, version]),
      [
        [id, 'Ordered', 1],
        [id, 'Payed', 2],
        [id, 'Shipped', 3],
      ],
    );
    stream.leave();
  });

  test('of an order that is not there is not found', async () => {
    assert.equal((await the.customer.get('/customers/987654/events')).body.code, 'not-found');
  });

  test('ends when the service drains, so that its client finds another copy', async () => {
    const id = newOrderId();
    await happens(lifeOf(id).ordered);
    const stream = await streamOf(id);
    await stream.until(1);
    await the.restart();
    assert.equal(await stream.ended, true);
    const next = await streamOf(id);
    await next.until(1);
    next.leave();
  });
});
