import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { memoryIdempotencyStore } from './memory-idempotency-store.ts';
import { type OrderServer, orderServer } from './order-server.ts';

let app: OrderServer;
let store: ReturnType<typeof memoryIdempotencyStore>;
beforeEach(async () => {
  store = memoryIdempotencyStore();
  app = await orderServer({ idempotency: store });
});

const place = (key: string | undefined, payload: object = { item: 'LG10', qty: 1 }) =>
  app.server.inject({
    method: 'POST',
    url: '/orders',
    payload,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });

test('the same key and body act once and get the same answer, byte for byte', async () => {
  const first = await place('k-1');
  const second = await place('k-1', { qty: '1', item: 'LG10' });
  assert.equal(app.placed.length, 1);
  assert.equal(second.statusCode, 201);
  assert.equal(second.body, first.body);
  for (const name of ['content-type', 'location']) assert.equal(second.headers[name], first.headers[name]);
  assert.equal(first.headers['idempotency-replayed'], undefined);
  assert.equal(second.headers['idempotency-replayed'], 'true');
});

test('a refusal is replayed as well', async () => {
  const first = await place('k-1', { item: 'unknown', qty: 1 });
  const second = await place('k-1', { item: 'unknown', qty: 1 });
  assert.equal(app.placed.length, 1);
  assert.deepEqual([second.statusCode, second.body], [422, first.body]);
  assert.match(String(second.headers['content-type']), /^application\/problem\+json/);
});

test('the same key with another body is refused', async () => {
  await place('k-1');
  const answer = await place('k-1', { item: 'LG10', qty: 2 });
  assert.deepEqual([answer.statusCode, answer.json().code], [422, 'idempotency-key-reused']);
  assert.equal(app.placed.length, 1);
});

test('a request in flight is not begun a second time', async () => {
  const answered = Promise.withResolvers<void>();
  const slow = { ...store, complete: () => answered.promise };
  app = await orderServer({ idempotency: slow });
  const first = place('k-1');
  while (app.placed.length === 0) await new Promise((turn) => setImmediate(turn));
  const lost = await place('k-1');
  assert.deepEqual([lost.statusCode, lost.json().code], [409, 'idempotency-in-flight']);
  assert.equal(lost.headers['retry-after'], '1');
  answered.resolve();
  assert.equal((await first).statusCode, 201);
  assert.equal(app.placed.length, 1);
});

for (const item of ['busy', 'pending', 'missing', 'broken']) {
  test(`a failure (${item}) is not kept: the next try acts`, async () => {
    await place('k-1', { item, qty: 1 });
    assert.equal(store.keys.size, 0);
    await place('k-1', { item, qty: 1 });
    assert.equal(app.placed.length, 2);
  });
}

test('an answer that says "not yet" is not kept: the next try learns what came of it', async () => {
  const first = await place('k-1', { item: 'accepted', qty: 1 });
  const second = await place('k-1', { item: 'accepted', qty: 1 });
  assert.deepEqual([first.statusCode, second.statusCode], [202, 202]);
  assert.equal(second.headers['idempotency-replayed'], undefined);
  assert.equal(app.placed.length, 2);
});

test('a refusal because the key belongs to another request does not take the key from that one', async () => {
  await place('k-1', { item: 'reused', qty: 1 });
  assert.equal(store.keys.size, 0);
});

test('a request that is not valid uses up no key', async () => {
  await place('k-1', { item: 'LG10', qty: 0 });
  assert.equal((await place('k-1')).statusCode, 201);
});

test('without a key nothing is remembered', async () => {
  await place(undefined);
  await place(undefined);
  assert.equal(app.placed.length, 2);
  assert.equal(store.keys.size, 0);
});

for (const key of ['', 'a b', '한글', 'x'.repeat(256)]) {
  test(`refuses the key ${JSON.stringify(key.slice(0, 10))}`, async () => {
    const answer = await place(key);
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'idempotency-key-invalid']);
  });
}

test('an answer that cannot be saved is given all the same', async () => {
  app = await orderServer({ idempotency: { ...store, complete: () => Promise.reject(new Error('down')) } });
  assert.equal((await place('k-1')).statusCode, 201);
  assert.ok(app.lines.some(({ msg }) => String(msg).includes('could not be saved')));
});
