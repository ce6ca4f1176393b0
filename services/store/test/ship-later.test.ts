import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  newOrderId,
  orderCancelled,
  ordered,
  payCompleted,
  storeUnderTest,
  storyOf,
} from './store-under-test.ts';

const DELAY_MS = 3_600_000;

describe('an agency that ships by hand', () => {
  const the = storeUnderTest({ STORE_MANUAL: 'true' });
  const { found, happens, ship, typesOf } = storyOf(the);

  test('says when a parcel leaves, how and under what number', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    the.environment.jump(DELAY_MS);
    assert.deepEqual([(await found(id)).process, typesOf(id)], ['Payed', []]);
    const { status, body } = await ship(id, { carrier: 'CJ대한통운', trackingNumber: '6412-3456' });
    assert.deepEqual(
      [status, body.process, body.carrier, body.trackingNumber],
      [200, 'Shipped', 'CJ대한통운', '6412-3456'],
    );
    await the.store.settled();
    assert.deepEqual(typesOf(id), ['Shipped']);
  });

  test('may say so twice: it left once', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    const answers = await Promise.all([ship(id), ship(id), ship(id)]);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    await the.store.settled();
    assert.deepEqual(typesOf(id), ['Shipped']);
  });

  test('can not send what was cancelled', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id), orderCancelled(id));
    const { status, body } = await ship(id);
    assert.deepEqual([status, body.code], [409, 'delivery-not-shippable']);
    await the.store.settled();
    assert.deepEqual(typesOf(id), []);
  });

  test('can not send what nobody ordered, nor say anything but that it left', async () => {
    assert.equal((await ship(newOrderId())).body.code, 'not-found');
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    for (const change of [{ process: 'Cancelled' }, {}, { carrier: '' }, { item: 'LG10' }]) {
      const { status, body } = await the.store.patch(`/storeManages/${id}`, { process: 'Lost', ...change });
      assert.deepEqual([status, body.code], [400, 'request-invalid']);
    }
  });
});

describe('an agency that ships after a while', () => {
  const the = storeUnderTest({ STORE_SHIP_DELAY_MS: String(DELAY_MS) });
  const { found, happens, ship, typesOf, becomes } = storyOf(the);

  test('ships by itself when the time has come, not before', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    the.environment.jump(DELAY_MS / 2);
    await the.store.settled();
    assert.equal((await found(id)).process, 'Payed');
    the.environment.jump(DELAY_MS / 2);
    await becomes(id, 'Shipped');
    assert.deepEqual(typesOf(id), ['Shipped']);
  });

  test('does not ship what was cancelled meanwhile', async () => {
    const [cancelled, kept] = [newOrderId(), newOrderId()];
    for (const id of [cancelled, kept]) await happens(ordered(id), payCompleted(id));
    await happens(orderCancelled(cancelled));
    the.environment.jump(DELAY_MS);
    await becomes(kept, 'Shipped');
    assert.deepEqual([(await found(cancelled)).process, typesOf(cancelled)], ['Cancelled', []]);
  });

  test('remembers what is to leave over a restart', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    await the.restart();
    the.environment.jump(DELAY_MS);
    await becomes(id, 'Shipped');
  });

  test('may send it earlier by hand', async () => {
    const id = newOrderId();
    await happens(ordered(id), payCompleted(id));
    assert.equal((await ship(id)).body.process, 'Shipped');
    the.environment.jump(DELAY_MS);
    await the.store.settled();
    assert.deepEqual(typesOf(id), ['Shipped']);
  });
});
