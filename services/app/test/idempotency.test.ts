import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { appUnderTest, declined, lostThen, newKey, order, payed } from './app-under-test.ts';

const the = appUnderTest();
afterEach(() => the.pay.answers(payed));

const LG10 = { item: 'LG10', qty: 1 };
const withKey = (key: string, body: unknown = LG10) => order(the, body, { 'idempotency-key': key });
const lockIsOver = () => the.environment.jump(61_000);

describe('an order that is sent again with its Idempotency-Key', () => {
  test('gets the answer of the first time, word for word, and is charged once', async () => {
    const key = newKey();
    const first = await withKey(key);
    const from = the.pay.requests.length;
    const again = await withKey(key);
    assert.equal(again.status, 201);
    assert.equal(again.text, first.text);
    assert.equal(again.headers.location, first.headers.location);
    assert.equal(again.headers['idempotency-replayed'], 'true');
    assert.equal(the.pay.requests.length, from);
  });

  test('but another body is refused', async () => {
    const key = newKey();
    await withKey(key);
    const { status, body } = await withKey(key, { item: 'LG10', qty: 2 });
    assert.deepEqual([status, body.code], [422, 'idempotency-key-reused']);
  });

  test('while the first is under way, is told to come back', async () => {
    const key = newKey();
    const answers = await Promise.all([withKey(key), withKey(key), withKey(key)]);
    const statuses = answers.map(({ status }) => status);
    const numbers = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    assert.equal(numbers.size, 1);
    assert.ok(
      statuses.every((status) => status === 201 || status === 409),
      String(statuses),
    );
  });

  test('is declined again as it was', async () => {
    const key = newKey();
    the.pay.answers(declined);
    const first = await withKey(key);
    the.pay.answers(payed);
    const again = await withKey(key);
    assert.deepEqual([first.status, again.status, again.text], [402, 402, first.text]);
  });

  test('finds its order again where the process ended before it had answered', async () => {
    const key = newKey();
    const { body } = await withKey(key);
    await forgetAnswer(key);
    lockIsOver();
    const again = await withKey(key);
    assert.deepEqual([again.status, again.body.id], [201, body.id]);
    await the.app.settled();
    assert.equal(the.app.published(body.id).length, 1);
  });

  test('is ordered in earnest after a refusal because pay was away', async () => {
    const key = newKey();
    await the.pay.down();
    const first = await withKey(key);
    await the.pay.up();
    const again = await withKey(key);
    assert.deepEqual([first.status, again.status, again.body.status], [503, 201, 'Ordered']);
  });

  test('is not refused because pay is away now, when the first time may have charged', async () => {
    const key = newKey();
    the.pay.answers(lostThen('Requested'));
    const first = await withKey(key);
    await forgetAnswer(key);
    lockIsOver();
    await the.pay.down();
    const again = await withKey(key);
    assert.deepEqual([again.status, again.body.id, again.body.status], [202, first.body.id, 'Pending']);
    await the.pay.up();
    the.pay.answers(lostThen('Payed'));
    await eventually(async () => {
      the.environment.jump(2_000);
      assert.equal((await the.app.get(`/orders/${first.body.id}`)).body.status, 'Ordered');
    });
  });

  test('is never answered with an order that failed, where the process ended before it had declined', async () => {
    const key = newKey();
    the.pay.answers(declined);
    await withKey(key);
    await forgetAnswer(key);
    lockIsOver();
    const again = await withKey(key);
    assert.deepEqual([again.status, again.body.code], [402, 'payment-declined']);
  });
});

test('a key that is empty, too long or not visible is refused', async () => {
  for (const key of ['x'.repeat(256), 'with space'])
    assert.deepEqual((await withKey(key)).body.code, 'idempotency-key-invalid');
});

test('a cancel with a key is answered the same way the second time', async () => {
  const { body } = await order(the);
  const headers = { 'idempotency-key': newKey() };
  const first = await the.app.patch(`/orders/${body.id}`, { status: 'cancel' }, headers);
  const again = await the.app.patch(`/orders/${body.id}`, { status: 'cancel' }, headers);
  assert.deepEqual([again.status, again.text], [200, first.text]);
});

test('a cancel that was refused while its order was pending is carried out under the same key', async () => {
  the.pay.answers(lostThen('Unknown'));
  const { body } = await order(the);
  const headers = { 'idempotency-key': newKey() };
  const cancel = () => the.app.patch(`/orders/${body.id}`, { status: 'cancel' }, headers);
  const refused = await cancel();
  assert.deepEqual([refused.status, refused.body.code], [409, 'order-pending']);
  the.pay.answers(lostThen('Payed'));
  await becomes(body.id, 'Ordered');
  const again = await cancel();
  assert.deepEqual([again.status, again.body.status], [200, 'OrderCancelled']);
});

test('a cancel of an order that was not there yet is carried out under the same key', async () => {
  const { body } = await order(the);
  const headers = { 'idempotency-key': newKey() };
  const cancel = () => the.app.patch(`/orders/${body.id + 1}`, { status: 'cancel' }, headers);
  assert.equal((await cancel()).status, 404);
  await order(the);
  assert.equal((await cancel()).status, 200);
});

test('an order that was pending is told as it is by now under the same key, and is the same order', async () => {
  const key = newKey();
  the.pay.answers(lostThen('Payed'));
  const first = await withKey(key);
  assert.deepEqual([first.status, first.body.status], [202, 'Pending']);
  await becomes(first.body.id, 'Ordered');
  const again = await withKey(key);
  assert.deepEqual([again.status, again.body.id, again.body.status], [201, first.body.id, 'Ordered']);
});

test('an order that was pending and failed is ordered anew under the same key', async () => {
  const key = newKey();
  the.pay.answers(lostThen('Declined'));
  const first = await withKey(key);
  await becomes(first.body.id, 'PaymentFailed');
  the.pay.answers(payed);
  const again = await withKey(key);
  assert.deepEqual([again.status, again.body.status], [201, 'Ordered']);
  assert.notEqual(again.body.id, first.body.id);
});

const becomes = (id: number, status: string) =>
  eventually(
    async () => {
      the.environment.jump(2_000);
      assert.equal((await the.app.get(`/orders/${id}`)).body.status, status);
    },
    { timeoutMs: 15_000 },
  );

/** As a process leaves it that dies between its order's commit and its answer. */
async function forgetAnswer(key: string): Promise<void> {
  await the.app.database.kysely
    .updateTable('idempotency_keys')
    .set({ state: 'inFlight', status: null, headers: null, body: null })
    .where('key', '=', key)
    .execute();
}
