import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOrderId, ordered, storeUnderTest, storyOf } from './store-under-test.ts';

const the = storeUnderTest();
const { becomes } = storyOf(the);

const paid = (id: number) =>
  ({ eventType: 'PayCompleted', orderId: id, price: 899_000, process: 'Payed' }) as const;
const malformed = (id: number, messageId: string) => ({
  key: String(id),
  value: JSON.stringify({ eventType: 'Ordered', id: 'not a number' }),
  headers: { ce_id: messageId, ce_type: 'Ordered' },
});
const letters = async () =>
  (await the.store.get('/dead-letters')).body.items as { messageId: string; state: string }[];

test('a message that cannot be read is kept with its reason, and others pass', async () => {
  const [bad, good] = [newOrderId(), newOrderId()];
  await the.store.publishRecords(malformed(bad, 'bad-1'));
  await the.store.publish(ordered(good), paid(good));
  await the.store.settled();
  const { status, body } = await the.store.get('/dead-letters/bad-1');
  assert.deepEqual([status, body.orderId, body.state], [200, bad, 'dead']);
  assert.match(body.reason, /id/);
  await becomes(good, 'Shipped');
});

test('what follows for the same order waits until the letter is discarded', async () => {
  const id = newOrderId();
  await the.store.publishRecords(malformed(id, 'bad-2'));
  await the.store.publish(ordered(id), paid(id));
  await the.store.settled();
  assert.equal((await the.store.get(`/storeManages/${id}`)).status, 404);
  const again = await the.store.post('/dead-letters/bad-2/retry', {});
  assert.equal(again.body.outcome, 'stuck');
  const discarded = await the.store.post('/dead-letters/bad-2/discard', {});
  assert.deepEqual([discarded.status, discarded.body.outcome], [200, 'handled']);
  await becomes(id, 'Shipped');
  assert.ok((await letters()).every(({ messageId }) => messageId === 'bad-1'));
});

test('a letter that is not there is a 404, however it is asked for', async () => {
  const answers = await Promise.all([
    the.store.get('/dead-letters/none'),
    the.store.post('/dead-letters/none/retry', {}),
    the.store.post('/dead-letters/none/discard', {}),
  ]);
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.code]),
    [
      [404, 'not-found'],
      [404, 'not-found'],
      [404, 'not-found'],
    ],
  );
});
