import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  newOrderId,
  orderCancelled,
  ordered,
  payCancelled,
  payCompleted,
  storeUnderTest,
  storyOf,
} from './store-under-test.ts';

const the = storeUnderTest();
const { found, happens, ship, typesOf, becomes } = storyOf(the);

describe('a paid order', () => {
  test('ships at once, and that is told once', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    await becomes(id, 'Shipped');
    const link = { href: `${the.store.url}/storeManages/${id}` };
    const delivery = { id, orderId: id, item: 'LG10', qty: 2, address: null, process: 'Shipped' };
    assert.deepEqual(await found(id), {
      ...delivery,
      carrier: null,
      trackingNumber: null,
      customerId: 'demo',
      _links: { self: link, storeManage: link },
    });
    const [event, ...more] = the.store.published(id);
    const { timestamp, ...fields } = event as { timestamp: string };
    assert.match(timestamp, /^\d{14}$/);
    const { qty, ...told } = delivery;
    assert.deepEqual(fields, { eventType: 'Shipped', ...told, customerId: 'demo' });
    assert.deepEqual(more, []);
  });

  test('ships as well when its payment arrives before the order', async () => {
    const id = newOrderId();
    await happens(payCompleted(id));
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Payed', []]);
    await happens(ordered(id));
    await becomes(id, 'Shipped');
    assert.deepEqual(typesOf(id), ['Shipped']);
  });

  test('does not ship before it is paid', async () => {
    const id = newOrderId();
    await happens(ordered(id));
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Ordered', []]);
    const { status, body } = await ship(id);
    assert.deepEqual([status, body.code, body.process], [409, 'delivery-not-shippable', 'Ordered']);
  });

  test('ships once, however often it is told of, also after a restart', async () => {
    const id = newOrderId();
    const records = await happens(ordered(id), payCompleted(id));
    await becomes(id, 'Shipped');
    await happens(payCompleted(id), ordered(id));
    await the.restart();
    await the.store.publishRecords(...records);
    await the.store.settled();
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Shipped', ['Shipped']]);
  });

  test('appears in the list', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    const { body } = await the.store.get('/storeManages?sort=id,desc&size=1');
    assert.equal(body._embedded.storeManages[0].id, id);
  });
});

describe('a cancel', () => {
  test('before the parcel left keeps it here for good', async () => {
    const id = newOrderId();
    await happens(ordered(id), orderCancelled(id), payCompleted(id), payCancelled(id));
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Cancelled', []]);
    assert.equal((await ship(id)).status, 409);
  });

  test('that waits in the mail with the payment keeps the parcel here', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id), orderCancelled(id));
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Cancelled', []]);
  });

  test('after it left asks for its return', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    await becomes(id, 'Shipped');
    await happens(orderCancelled(id), payCancelled(id));
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['ReturnRequested', ['Shipped']]);
  });

  for (const cancel of [orderCancelled, payCancelled])
    test(`that overtakes its order stops what comes later (${cancel(1).eventType})`, async () => {
      const id = newOrderId();
      await happens(cancel(id));
      await happens(payCompleted(id), ordered(id));
      assert.deepEqual([(await found(id)).process, typesOf(id)], ['Cancelled', []]);
    });
});

test('a Java service’s records are taken, without key and headers', async () => {
  const id = newOrderId();
  const record = (value: object) => ({ key: null, headers: {}, value: JSON.stringify(value) });
  await the.store.publishRecords(
    record({
      eventType: 'Ordered',
      timestamp: '20260105103000',
      id,
      item: 'LG10',
      qty: 2,
      status: 'Ordered',
      me: true,
    }),
    record({ eventType: 'PayCompleted', timestamp: '20260105103001', id: 7, orderId: id, process: 'Payed' }),
  );
  await becomes(id, 'Shipped');
});
