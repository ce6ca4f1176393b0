import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type TestContext, test } from 'node:test';
import { answersIn, rawExchange } from '@phone82/testkit';
import { fakeService, startGateway, textOf } from './system.ts';

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function echoing(t: TestContext, answer: Record<string, string | string[]> = {}) {
  const seen: Seen[] = [];
  const app = await fakeService(t, async (request: IncomingMessage, response) => {
    const { method, headers } = request;
    seen.push({ method, headers, body: await textOf(request) });
    response.writeHead(200, answer).end('{}');
  });
  const { port } = await startGateway(t, { APP_URL: app });
  return { seen, port };
}

const ask = async (port: number, head: readonly string[], body = '') =>
  answersIn(
    await rawExchange(port, `${[...head, 'Host: a'].join('\r\n')}\r\n\r\n${body}`, {
      patienceMs: 1_500,
      isEnough,
    }),
  );
const isEnough = (received: string) =>
  answersIn(received).some(({ status, body }) => status >= 200 && body !== '');

const fields: readonly string[] = [
  'Keep-Alive: timeout=5',
  'Proxy-Connection: keep-alive',
  'TE: trailers, deflate',
  'Trailer: x-sum',
  'Upgrade: websocket',
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\nConnection: upgrade, http2-settings',
  'Proxy-Authorization: Basic eDp5',
  'Connection: keep-alive, x-secret\r\nX-Secret: 1',
  'Connection: x-secret\r\nConnection: x-other\r\nX-Secret: 1\r\nX-Other: 2',
  'Connection: close, X-SECRET\r\nx-secret: 1',
];
for (const field of fields)
  for (const method of ['GET', 'POST'])
    test(`a ${method} with ${field.replaceAll('\r\n', ', ')} is passed on without it`, async (t) => {
      const { seen, port } = await echoing(t);
      const [answer] = await ask(port, [`${method} /orders HTTP/1.1`, field, 'Content-Length: 0']);
      assert.equal(answer?.status, 200);
      const left = Object.keys(seen[0]?.headers ?? {}).filter((name) =>
        /^(keep-alive|proxy-.*|te|trailer|upgrade|http2-settings|x-secret|x-other)$/.test(name),
      );
      assert.deepEqual(left, []);
    });

test('a client that waits for 100-continue is told to go on, and its order is passed on', async (t) => {
  const { seen, port } = await echoing(t);
  const head = ['POST /orders HTTP/1.1', 'Expect: 100-continue', 'Content-Length: 4'];
  const answers = await ask(port, head, 'true');
  assert.deepEqual(
    answers.map(({ status }) => status),
    [100, 200],
  );
  assert.equal(seen[0]?.body, 'true');
  assert.equal(seen[0]?.headers.expect, undefined);
});

test('a chunked body is passed on, trailers and all that frames it left behind', async (t) => {
  const { seen, port } = await echoing(t);
  const head = ['POST /orders HTTP/1.1', 'Transfer-Encoding: chunked', 'Trailer: x-sum'];
  const [answer] = await ask(port, head, '4\r\ntrue\r\n0\r\nX-Sum: 1\r\n\r\n');
  assert.equal(answer?.status, 200);
  assert.equal(seen[0]?.body, 'true');
  assert.equal(seen[0]?.headers['x-sum'], undefined);
});

for (const framing of [
  'Content-Length: 4\r\n\r\ntrue',
  'Transfer-Encoding: chunked\r\n\r\n4\r\ntrue\r\n0\r\n\r\n',
])
  for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS'])
    test(`a ${method} with a body (${framing.slice(0, 14)}) is passed on`, async (t) => {
      const { seen, port } = await echoing(t);
      const bytes = `${method} /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${framing}`;
      const [answer] = answersIn(await rawExchange(port, bytes));
      assert.equal(answer?.status, 200);
      assert.equal(seen[0]?.method, method);
    });

test("of a service's answer, what concerns its connection is not passed on", async (t) => {
  const { port } = await echoing(t, {
    connection: 'keep-alive, x-hop',
    'keep-alive': 'timeout=5',
    'proxy-connection': 'keep-alive',
    'proxy-authenticate': 'Basic',
    upgrade: 'h2c',
    trailer: 'x-sum',
    'x-hop': '1',
    'x-end': '2',
  });
  const [answer] = await ask(port, ['GET /orders HTTP/1.1']);
  assert.equal(answer?.headers['x-end'], '2');
  const names = Object.keys(answer?.headers ?? {});
  for (const name of ['proxy-connection', 'proxy-authenticate', 'upgrade', 'trailer', 'x-hop'])
    assert.ok(!names.includes(name), name);
});

const odd: readonly string[] = [
  "X-Odd!#$%&'*+.^_`|~: 1",
  'X-Latin: \xe9\xff',
  'X-Empty:',
  'X-Correlation-Id: a b',
  'Traceparent: 00-x',
  'X-Forwarded-For: 1, 2, , 3',
  'X-Forwarded-Host: exa mple',
  'X-Forwarded-Proto: ftp',
  'X-Forwarded-Port: x',
  'Forwarded: for="[::1',
  'Content-Type: application/json, text/plain',
  'Content-Type: ;;;',
  'Cookie: a=b\r\nCookie: c=d',
  'Accept-Encoding: gzip;q=2',
  '__proto__: 1',
  'constructor: 1',
];
for (const field of odd)
  test(`a request with ${field.slice(0, 30)} is passed on`, async (t) => {
    const { port } = await echoing(t);
    for (const method of ['GET', 'POST']) {
      const [answer] = await ask(port, [`${method} /orders HTTP/1.1`, field, 'Content-Length: 2'], '{}');
      assert.ok(
        [200, 400, 415].includes(answer?.status ?? 0),
        `${method}: ${answer?.status} ${answer?.body}`,
      );
    }
  });
