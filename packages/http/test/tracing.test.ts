import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordingTracer } from '@phone82/testkit';
import { listen } from '../src/index.ts';
import { orderServer } from './order-server.ts';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const body = JSON.stringify({ item: 'LG10', qty: 1 });
const headers = { 'content-type': 'application/json' };

test('holds the ids of each of many requests at once, over one connection each, and echoes them', async (t) => {
  const { server, placed, lines } = await orderServer();
  const { port, stop } = await listen(server, { port: 0 });
  t.after(stop);
  const ids = Array.from({ length: 50 }, (_, index) => `c-${index}`);
  const answers = await Promise.all(
    ids.map((id) =>
      fetch(`http://127.0.0.1:${port}/orders`, {
        method: 'POST',
        body,
        headers: { ...headers, 'x-correlation-id': id, traceparent },
      }),
    ),
  );
  assert.deepEqual(
    answers.map((answer) => answer.headers.get('x-correlation-id')),
    ids,
  );
  assert.equal(answers[0]?.headers.get('traceparent'), traceparent);
  assert.deepEqual([...placed].sort(), [...ids].sort());
  const logged = lines.filter(({ msg }) => msg === 'request').map(({ correlationId }) => correlationId);
  assert.deepEqual(logged.sort(), [...ids].sort());
});

test('makes ids for a caller without, and puts them into a problem', async () => {
  const { server } = await orderServer();
  const answer = await server.inject({ method: 'POST', url: '/orders', payload: '{', headers });
  assert.match(String(answer.headers['x-correlation-id']), /^[0-9a-f-]{36}$/);
  assert.equal(answer.json().correlationId, answer.headers['x-correlation-id']);
});

test('logs one line per request with status and time, and none for probes', async () => {
  const { server, lines } = await orderServer();
  await server.inject({ url: '/livez' });
  await server.inject({ url: '/orders/7' });
  assert.equal(lines.length, 1);
  const [{ method, url, status, ms } = {}] = lines;
  assert.deepEqual({ method, url, status }, { method: 'GET', url: '/orders/7', status: 200 });
  assert.equal(typeof ms, 'number');
});

test('logs the path alone where the query holds a secret, also of what fails', async () => {
  const { server, lines } = await orderServer();
  const config = { secretQuery: true };
  server.get('/callback', { schema: { hide: true }, config }, () => 'ok');
  server.get('/broken', { schema: { hide: true }, config }, () => {
    throw new Error('broken');
  });
  for (const path of ['/callback', '/broken']) await server.inject({ url: `${path}?code=secret` });
  assert.deepEqual(
    lines.map(({ url }) => url),
    ['/callback', '/broken', '/broken'],
  );
  assert.doesNotMatch(JSON.stringify(lines), /secret/);
});

test('measures by route, not by address', async () => {
  const { server } = await orderServer();
  await server.inject({ url: '/orders/7' });
  await server.inject({ url: '/orders/8' });
  const { body: metrics, headers } = await server.inject({ url: '/metrics' });
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(
    metrics,
    /_count\{service="app",http_request_method="GET",http_route="\/orders\/:id",http_response_status_code="200"\} 2/,
  );
});

test('a request is a span below its caller’s, and a probe is none', async () => {
  const tracer = recordingTracer();
  const { server } = await orderServer({ tracer });
  await server.inject({ url: '/livez' });
  const answer = await server.inject({ url: '/orders/7', headers: { traceparent } });
  const [span, ...more] = tracer.spans;
  assert.deepEqual([span?.name, span?.kind, span?.parent], ['GET /orders/:id', 'server', traceparent]);
  assert.deepEqual([span?.isOver, span?.error, more], [true, undefined, []]);
  assert.equal(answer.headers.traceparent, span?.traceparent);
});
