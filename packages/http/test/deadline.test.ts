import assert from 'node:assert/strict';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { createMetrics, currentContext } from '@phone82/telemetry';
import { DEADLINE_HEADER } from '../src/index.ts';
import { orderServer } from './order-server.ts';

async function deadlineServer(t: TestContext) {
  const metrics = createMetrics('app');
  const { server, placed } = await orderServer({ metrics });
  server.get('/left', () => ({ ms: (currentContext()?.deadlineAt ?? Number.NaN) - performance.now() }));
  t.after(() => server.close());
  await server.ready();
  const leftFor = async (sent?: string): Promise<number | null> =>
    (await server.inject({ url: '/left', headers: { ...(sent && { [DEADLINE_HEADER]: sent }) } })).json().ms;
  return { server, placed, leftFor, metrics };
}

test('work knows how long its answer is waited for', async (t) => {
  const { leftFor } = await deadlineServer(t);
  const left = await leftFor('5000');
  assert.ok(left !== null && left > 0 && left <= 5_000, String(left));
  assert.equal(await leftFor(), null);
});

for (const sent of ['0', '-5', '1e3', '12.5', 'soon', '0x10', '9999999999', '5, 5'])
  test(`a deadline of "${sent}" is none`, async (t) => {
    assert.equal(await (await deadlineServer(t)).leftFor(sent), null);
  });

test('nobody waits longer than a minute, whatever a stranger says', async (t) => {
  const left = await (await deadlineServer(t)).leftFor('999999999');
  assert.ok(left !== null && left <= 60_000, String(left));
});

test('an order whose client had stopped waiting before it could be read is not placed', async (t) => {
  const { server, placed, metrics } = await deadlineServer(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const body = JSON.stringify({ item: 'LG10', qty: 1 });
  const socket = net.connect((server.server.address() as net.AddressInfo).port, '127.0.0.1');
  const answered = new Promise<string>((done) => socket.once('data', (data) => done(String(data))));
  const head = [
    'POST /orders HTTP/1.1',
    'host: a',
    'content-type: application/json',
    `${DEADLINE_HEADER}: 20`,
  ];
  socket.write(`${head.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n`);
  // Its time begins when the head is read, however late that is.
  server.server.once('request', () => setTimeout(() => socket.write(body), 60));
  const answer = await answered;
  socket.destroy();
  assert.match(answer, /^HTTP\/1\.1 503 /);
  assert.match(answer, /"code":"deadline-passed"/);
  assert.match(answer, /\r\nretry-after: 1\r\n/);
  assert.deepEqual(placed, []);
  assert.match(await metrics.render(), /requests_late_total\{service="app"\} 1/);
});
