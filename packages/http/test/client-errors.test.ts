import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { answersIn, rawExchange } from '@phone82/testkit';
import { type ListeningServer, listen } from '../src/index.ts';
import { type OrderServer, orderServer } from './order-server.ts';

let app: OrderServer;
let http: ListeningServer;
before(async () => {
  app = await orderServer();
  http = await listen(app.server, { port: 0 });
});
after(() => http.stop());
beforeEach(() => void app.placed.splice(0));

const body = '{"item":"LG10","qty":1}';
const head = (length: number) =>
  `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
const order = `${head(body.length)}${body}`;

const statusesOf = async (bytes: string | readonly string[]) =>
  answersIn(await rawExchange(http.port, bytes)).map(({ status }) => status);

const broken: readonly [what: string, bytes: string][] = [
  ['trailing bytes', 'xx'],
  ['a second request that is none', 'GET\r\n\r\n'],
  [
    'a second request with two lengths',
    `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx`,
  ],
  [
    'a second request with a length and chunks',
    `POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx`,
  ],
  [
    'a second request whose header is too large',
    `GET /orders HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  ],
];
for (const [what, bytes] of broken) {
  test(`an order before ${what} gets its own answer, then comes the refusal`, async () => {
    assert.deepEqual(await statusesOf(order + bytes), [201, 400]);
    assert.equal(app.placed.length, 1);
  });
  test(`two orders before ${what} get their answers in order`, async () => {
    assert.deepEqual(await statusesOf(`${order}${order}${bytes}`), [201, 201, 400]);
    assert.equal(app.placed.length, 2);
  });
}

test('a body that breaks off in a chunk is refused in its turn, and nothing is done for it', async () => {
  const chunked =
    'POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
  assert.deepEqual(await statusesOf(chunked), [400]);
  assert.deepEqual(await statusesOf([order, chunked]), [201, 400]);
  assert.equal(app.placed.length, 1);
});

test('an answer that went out before the body broke stays the only one', async () => {
  const socket = connect(http.port, '127.0.0.1');
  socket.write('POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n');
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    if (received === '') socket.write('zz\r\n');
    received += chunk;
  });
  await once(socket, 'close');
  assert.deepEqual(
    answersIn(received).map(({ status }) => status),
    [404],
  );
});

test('what comes behind a broken request is not looked at', async () => {
  assert.deepEqual(await statusesOf(['xx\r\n\r\n', order]), [400]);
  assert.equal(app.placed.length, 0);
});

test('a request that does not arrive in time is told so', async (t) => {
  const { server } = await orderServer();
  server.server.on('connection', (socket) => {
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    socket.once('data', () => setTimeout(() => server.server.emit('clientError', late, socket), 20));
  });
  const slow = await listen(server, { port: 0 });
  t.after(() => slow.stop());
  const [answer] = answersIn(await rawExchange(slow.port, head(50)));
  assert.deepEqual([answer?.status, JSON.parse(answer?.body ?? '{}').code], [408, 'request-timeout']);
});

test('an expectation that nobody knows is no reason to refuse', async () => {
  const expecting = order.replace('Host: a', 'Host: a\r\nExpect: the-unexpected\r\nConnection: close');
  assert.deepEqual(await statusesOf(expecting), [201]);
});

test('a client that waits for 100-continue is told to go on', async () => {
  const expecting = order.replace('Host: a', 'Host: a\r\nExpect: 100-continue\r\nConnection: close');
  assert.deepEqual(await statusesOf(expecting), [100, 201]);
});
