import assert from 'node:assert/strict';
import net from 'node:net';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { createMetrics } from '@phone82/telemetry';
import type { AdmissionOptions } from '../src/index.ts';
import { critical } from '../src/index.ts';
import { orderServer } from './order-server.ts';

/** Begins, and never ends. */
const endless = () => {
  const stream = new Readable({ read: () => undefined });
  stream.push('begun');
  return stream;
};

/** A service with one place for each priority, whose work ends when the test says so. */
async function busyServer(t: TestContext, admission: AdmissionOptions = {}) {
  const metrics = createMetrics('app');
  const { server, lines, placed } = await orderServer({
    metrics,
    admission: { maxInFlight: 1, ...admission },
  });
  const waiting: (() => void)[] = [];
  const work = () => new Promise<object>((end) => waiting.push(() => end({ done: true })));
  server.post('/job', work);
  server.patch('/job/:id', work);
  server.post('/settle', { config: critical }, work);
  server.post('/elsewhere', { config: { lane: 'elsewhere' } }, work);
  server.get('/stream', (_request, reply) => reply.send(endless()));
  t.after(() => server.close());
  await server.ready();
  const begun = async (url: string, method: 'POST' | 'PATCH' = 'POST') => {
    const before = waiting.length;
    const answer = server.inject({ method, url });
    while (waiting.length === before) await new Promise((turn) => setImmediate(turn));
    return { answer, end: () => waiting.at(-1)?.() };
  };
  const endAll = () => {
    for (const end of waiting) end();
  };
  return { server, lines, placed, begun, endAll, metrics };
}

const newOrder = { method: 'POST', url: '/orders', payload: { item: 'LG10', qty: 1 } } as const;

test('refuses what is too much, saying when to come back, and takes it again by itself', async (t) => {
  const { server, begun, placed } = await busyServer(t);
  const first = await begun('/job');
  const refused = await server.inject(newOrder);
  const { code, status } = refused.json();
  assert.deepEqual([refused.statusCode, code, status], [503, 'overloaded', 503]);
  assert.match(String(refused.headers['retry-after']), /^[123]$/);
  assert.match(String(refused.headers['content-type']), /^application\/problem\+json/);
  assert.deepEqual(placed, []);
  first.end();
  assert.equal((await first.answer).statusCode, 200);
  assert.equal((await server.inject(newOrder)).statusCode, 201);
});

test('spreads those it sends away over the next seconds', async (t) => {
  const chances = [0, 0.34, 0.999];
  const { server, begun } = await busyServer(t, { random: () => chances.shift() ?? 0 });
  await begun('/job');
  const pauses: unknown[] = [];
  for (let call = 0; call < 3; call += 1) pauses.push((await server.inject(newOrder)).headers['retry-after']);
  assert.deepEqual(pauses, ['1', '2', '3']);
});

test('refuses before it reads the body, counts it, and writes no line for each', async (t) => {
  const { server, begun, lines, metrics } = await busyServer(t);
  await begun('/job');
  lines.length = 0;
  const refused = await server.inject({ method: 'POST', url: '/orders', payload: 'no json' });
  assert.equal(refused.json().code, 'overloaded');
  assert.deepEqual(lines, []);
  const shown = await metrics.render();
  assert.match(shown, /requests_shed_total\{.*priority="ordinary",reason="limit".*\} 1/);
  assert.match(shown, /requests_in_flight\{.*priority="ordinary".*\} 1/);
  assert.match(shown, /requests_limit\{.*priority="ordinary".*\} 1/);
});

test('takes cancels, looks at one order and what settles money while it refuses new orders and lists', async (t) => {
  const { server, begun } = await busyServer(t);
  await begun('/job');
  assert.equal((await server.inject({ url: '/orders' })).statusCode, 503);
  assert.equal((await server.inject({ url: '/orders/1' })).statusCode, 200);
  for (const [url, method] of [
    ['/job/1', 'PATCH'],
    ['/settle', 'POST'],
  ] as const) {
    const { answer, end } = await begun(url, method);
    end();
    assert.equal((await answer).statusCode, 200);
  }
});

test('refuses cancels too when they alone are too much', async (t) => {
  const { server, begun } = await busyServer(t);
  await begun('/job/1', 'PATCH');
  assert.equal((await server.inject({ method: 'PATCH', url: '/job/2' })).json().code, 'overloaded');
});

test('answers probes and operators however much there is to do', async (t) => {
  const late = { meanMs: () => 60_000, stop: () => {} };
  const { server } = await busyServer(t, { eventLoop: late });
  for (const url of ['/livez', '/readyz', '/metrics', '/breakers'])
    assert.equal((await server.inject({ url })).statusCode, 200, url);
  assert.equal((await server.inject({ url: '/nowhere' })).statusCode, 404);
});

test('is late with everything: refuses new orders first, and then all', async (t) => {
  let delayMs = 0;
  const eventLoop = { meanMs: () => delayMs, stop: () => {} };
  const { server } = await busyServer(t, { eventLoop, maxEventLoopDelayMs: 100 });
  const answers = async () =>
    Promise.all([newOrder, { url: '/orders/1' }].map(async (to) => (await server.inject(to)).statusCode));
  assert.deepEqual(await answers(), [201, 200]);
  delayMs = 150;
  assert.deepEqual(await answers(), [503, 200]);
  delayMs = 250;
  assert.deepEqual(await answers(), [503, 503]);
  delayMs = 0;
  assert.deepEqual(await answers(), [201, 200]);
});

test('one lane that is full leaves the others alone', async (t) => {
  const { server, begun } = await busyServer(t);
  await begun('/elsewhere');
  assert.equal((await server.inject({ method: 'POST', url: '/elsewhere' })).statusCode, 503);
  assert.equal((await server.inject(newOrder)).statusCode, 201);
});

test('a refusal, a failure and an unreadable request give their places back', async (t) => {
  const { server } = await busyServer(t);
  for (const item of ['unknown', 'busy', 'broken']) {
    await server.inject({ ...newOrder, payload: { item, qty: 1 } });
    assert.equal((await server.inject({ ...newOrder, payload: 'no json' })).statusCode, 415);
  }
  assert.equal((await server.inject(newOrder)).statusCode, 201);
});

test('a client that leaves takes its place along only until its work ends', async (t) => {
  const { server, endAll } = await busyServer(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as net.AddressInfo;
  const socket = net.connect(port, '127.0.0.1');
  const closed = new Promise((done) => socket.once('close', done));
  socket.write('POST /job HTTP/1.1\r\nhost: a\r\ncontent-length: 0\r\n\r\n');
  while ((await server.inject(newOrder)).statusCode !== 503) await new Promise((turn) => setImmediate(turn));
  socket.destroy();
  await closed;
  assert.equal((await server.inject(newOrder)).statusCode, 503, 'its work still goes on');
  endAll();
  await new Promise((turn) => setImmediate(turn));
  assert.equal((await server.inject(newOrder)).statusCode, 201);
});

test('a stream that goes on holds no place', async (t) => {
  const { server } = await busyServer(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as net.AddressInfo;
  const streaming = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/stream`, { signal: streaming.signal });
  const meanwhile = await server.inject(newOrder);
  streaming.abort();
  assert.deepEqual([answer.status, meanwhile.statusCode], [200, 201]);
});
