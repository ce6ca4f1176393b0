import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { test } from 'node:test';
import { rawExchange } from '@phone82/testkit';
import { fakeService, startGateway, textOf } from './system.ts';

test('passes a request on unchanged, with the address the client used and the ids of the request', async (t) => {
  const seen: { method?: string; url?: string; body?: string; headers: IncomingHttpHeaders } = {
    headers: {},
  };
  const app = await fakeService(t, async (request, response) => {
    const { method, url, headers } = request;
    Object.assign(seen, { method, url, headers, body: await textOf(request) });
    response
      .writeHead(201, { 'content-type': 'application/hal+json', location: '/orders/1' })
      .end('{"id": 1}');
  });
  const { url, port } = await startGateway(t, { APP_URL: app });
  const answer = await fetch(`${url}/orders?x=1`, {
    method: 'POST',
    body: '{"item" : "LG10"}',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k-1', 'x-forwarded-host': 'evil' },
  });
  assert.deepEqual(
    [seen.method, seen.url, seen.body, seen.headers['idempotency-key']],
    ['POST', '/orders?x=1', '{"item" : "LG10"}', 'k-1'],
  );
  assert.equal(seen.headers['x-forwarded-host'], `127.0.0.1:${port}`);
  assert.equal(seen.headers['x-forwarded-proto'], 'http');
  assert.deepEqual(
    [answer.status, answer.headers.get('location'), await answer.text()],
    [201, '/orders/1', '{"id": 1}'],
  );
  const id = answer.headers.get('x-correlation-id');
  assert.equal(seen.headers['x-correlation-id'], id);
  assert.match(String(id), /^[0-9a-f-]{36}$/);
});

const owners = {
  '/orders': 'APP',
  '/items': 'APP',
  '/payments': 'PAY',
  '/customers/1': 'CUSTOMER',
  '/storeManages': 'STORE',
  '/marketings/1': 'MARKETING',
};
test('knows whose each address is', async (t) => {
  const names = new Set(Object.values(owners));
  const services = [...names].map(async (name) => [
    `${name}_URL`,
    await fakeService(t, (_request, response) => void response.end(name)),
  ]);
  const { url } = await startGateway(t, Object.fromEntries(await Promise.all(services)));
  for (const [path, owner] of Object.entries(owners))
    assert.equal(await (await fetch(url + path)).text(), owner, path);
});

test('passes a refusal on as it is', async (t) => {
  const app = await fakeService(t, (_request, response) => {
    response.writeHead(422, { 'content-type': 'application/problem+json' }).end('{"code":"item-unknown"}');
  });
  const { url } = await startGateway(t, { APP_URL: app });
  const answer = await fetch(`${url}/orders`, { method: 'POST', body: '{}' });
  assert.deepEqual([answer.status, await answer.text()], [422, '{"code":"item-unknown"}']);
});

test('asks a busy service once only', async (t) => {
  let asked = 0;
  const app = await fakeService(t, (_request, response) => {
    asked += 1;
    response.writeHead(503, { 'retry-after': '0' }).end();
  });
  const { url } = await startGateway(t, { APP_URL: app });
  assert.equal((await fetch(`${url}/orders`)).status, 503);
  assert.equal(asked, 1);
});

test('says when to come back if a service is down', async (t) => {
  const { url } = await startGateway(t);
  const answer = await fetch(`${url}/payments/1`, { method: 'PATCH', body: '{}' });
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '1']);
  assert.equal(((await answer.json()) as { code: string }).code, 'service-unavailable');
});

test('does not claim that nothing happened when an answer is lost', async (t) => {
  const app = await fakeService(t, (request) => void request.socket.destroy());
  const { url } = await startGateway(t, { APP_URL: app });
  const answer = await fetch(`${url}/orders`, { method: 'POST', body: '{}' });
  assert.equal(answer.status, 504);
  assert.equal(((await answer.json()) as { code: string }).code, 'outcome-unknown');
});

const openStream = (_request: unknown, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: 1\n\n');
};

test('lets an event through as it comes, and tells the service when its reader is gone', async (t) => {
  const left = Promise.withResolvers<void>();
  const customer = await fakeService(t, (request, response) => {
    openStream(request, response);
    request.on('close', left.resolve);
  });
  const { url } = await startGateway(t, { CUSTOMER_URL: customer, UPSTREAM_TIMEOUT_MS: '300' });
  const reader = new AbortController();
  const stream = await fetch(`${url}/customers/1/events`, { signal: reader.signal });
  const first = await stream.body?.getReader().read();
  assert.equal(String(Buffer.from(first?.value ?? [])), 'data: 1\n\n');
  reader.abort();
  await left.promise;
});

test('a quiet event stream stays open', async (t) => {
  const customer = await fakeService(t, (request, response) => {
    openStream(request, response);
    setTimeout(() => response.end('data: 2\n\n'), 1_500);
  });
  const { url } = await startGateway(t, { CUSTOMER_URL: customer, UPSTREAM_TIMEOUT_MS: '200' });
  const stream = await fetch(`${url}/customers/1/events`);
  assert.equal(await stream.text(), 'data: 1\n\ndata: 2\n\n');
});

test('ends event streams when it drains', async (t) => {
  const customer = await fakeService(t, openStream);
  const { url, stop } = await startGateway(t, { CUSTOMER_URL: customer });
  const stream = await fetch(`${url}/customers/1/events`);
  const ended = stream.text().catch(() => 'cut off');
  await Promise.all([stop(), ended]);
  await assert.rejects(fetch(`${url}/livez`));
});

test('a body is passed on while it comes', async (t) => {
  const begun = Promise.withResolvers<string>();
  const app = await fakeService(t, async (request, response) => {
    const [chunk] = await once(request, 'data');
    begun.resolve(String(chunk));
    response.end(await textOf(request));
  });
  const { url } = await startGateway(t, { APP_URL: app });
  const body = new TransformStream<Uint8Array, Uint8Array>();
  const writer = body.writable.getWriter();
  const answer = fetch(`${url}/orders`, {
    method: 'POST',
    body: body.readable,
    duplex: 'half',
  } as RequestInit);
  await writer.write(Buffer.from('first'));
  assert.equal(await begun.promise, 'first');
  await writer.write(Buffer.from('second'));
  await writer.close();
  assert.equal(await (await answer).text(), 'second');
});

for (const framing of ['length', 'chunks'])
  test(`refuses a body that is too long by its ${framing}, though the service breaks off`, async (t) => {
    let done = 0;
    const app = await fakeService(t, (request) => {
      request.on('end', () => (done += 1));
      request.once('data', () => request.socket.destroy());
    });
    const { url } = await startGateway(t, { APP_URL: app });
    const bytes = new Uint8Array(64 * 1024);
    const body = framing === 'length' ? bytes : new Blob([bytes]).stream();
    const answer = await fetch(`${url}/orders`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    assert.equal(answer.status, 413);
    assert.equal(((await answer.json()) as { code: string }).code, 'body-too-large');
    assert.equal(done, 0);
  });

test('a client that leaves in the middle of a body ends the request to the service', async (t) => {
  const left = Promise.withResolvers<void>();
  const app = await fakeService(t, (request) => {
    request.on('error', () => undefined);
    request.once('data', () => request.socket.once('close', () => left.resolve()));
  });
  const { port } = await startGateway(t, { APP_URL: app });
  const head = 'POST /orders HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n';
  await rawExchange(port, head, { patienceMs: 200 });
  await left.promise;
});

test('takes chunks that are just short enough', async (t) => {
  const app = await fakeService(t, async (request, response) => {
    response.end(String((await textOf(request)).length));
  });
  const { url } = await startGateway(t, { APP_URL: app });
  const body = new Blob([new Uint8Array(16 * 1024)]).stream();
  const answer = await fetch(`${url}/orders`, { method: 'POST', body, duplex: 'half' } as RequestInit);
  assert.equal(await answer.text(), String(16 * 1024));
});

test('limits the requests from one address, if told to', async (t) => {
  const app = await fakeService(t, (_request, response) => void response.end('{}'));
  const { url } = await startGateway(t, { APP_URL: app, RATE_LIMIT_PER_MINUTE: '2' });
  await fetch(`${url}/orders`);
  await fetch(`${url}/items`);
  const answer = await fetch(`${url}/orders`);
  assert.equal(answer.status, 429);
  assert.equal(((await answer.json()) as { code: string }).code, 'too-many-requests');
  assert.ok(Number(answer.headers.get('retry-after')) > 1);
  assert.equal((await fetch(`${url}/livez`)).status, 200);
});

for (const path of ['/orders/../readyz', '/orders/%2e%2e/readyz']) {
  test(`does not let ${path} out of its prefix`, async (t) => {
    let asked = 0;
    const app = await fakeService(t, (_request, response) => {
      asked += 1;
      response.end();
    });
    const { port } = await startGateway(t, { APP_URL: app });
    const { request } = await import('node:http');
    const [answer] = await once(request({ port, path }).end(), 'response');
    assert.equal(answer.statusCode, 400);
    assert.equal(asked, 0);
    answer.resume();
  });
}
