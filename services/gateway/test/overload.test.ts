import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { fakeService, startGateway } from './system.ts';

test('a service that hangs takes no places from requests to the others', async (t) => {
  const held: ServerResponse[] = [];
  const app = await fakeService(t, (_request, response) => void held.push(response));
  const store = await fakeService(t, (_request, response) => void response.end('[]'));
  const { url } = await startGateway(t, { APP_URL: app, STORE_URL: store, MAX_IN_FLIGHT: '2' });
  const hanging = [fetch(`${url}/orders`), fetch(`${url}/orders`)];
  while (held.length < 2) await new Promise((turn) => setImmediate(turn));
  const refused = await fetch(`${url}/orders`, { method: 'POST', body: '{}' });
  const { code } = (await refused.json()) as { code: string };
  assert.deepEqual([refused.status, code], [503, 'overloaded']);
  assert.match(String(refused.headers.get('retry-after')), /^[123]$/);
  assert.equal((await fetch(`${url}/storeManages`)).status, 200);
  for (const response of held) response.end('{}');
  assert.deepEqual(
    (await Promise.all(hanging)).map(({ status }) => status),
    [200, 200],
  );
});

test('cancels have places of their own', async (t) => {
  const held: ServerResponse[] = [];
  const app = await fakeService(t, (request, response) => {
    if (request.method === 'PATCH') response.end('{}');
    else held.push(response);
  });
  const { url } = await startGateway(t, { APP_URL: app, MAX_IN_FLIGHT: '1' });
  const order = fetch(`${url}/orders`, { method: 'POST', body: '{}' });
  while (held.length < 1) await new Promise((turn) => setImmediate(turn));
  assert.equal((await fetch(`${url}/orders/1`, { method: 'PATCH', body: '{}' })).status, 200);
  held[0]?.end('{}');
  await order;
});

const cases: readonly [sent: string | undefined, atMost: number, atLeast: number][] = [
  [undefined, 4_000, 4_000],
  ['900', 900, 1],
  ['60000', 4_000, 4_000],
  ['soon', 4_000, 4_000],
];
for (const [sent, atMost, atLeast] of cases)
  test(`a service is told how long it is waited for when the client says ${sent}`, async (t) => {
    const told: unknown[] = [];
    const app = await fakeService(t, (request, response) => {
      told.push(request.headers['x-envoy-expected-rq-timeout-ms']);
      response.end('{}');
    });
    const { url } = await startGateway(t, { APP_URL: app, UPSTREAM_TIMEOUT_MS: '4000' });
    const headers: Record<string, string> = sent ? { 'x-envoy-expected-rq-timeout-ms': sent } : {};
    await fetch(`${url}/orders`, { headers });
    const ms = Number(told[0]);
    assert.ok(ms >= atLeast && ms <= atMost, String(told[0]));
  });
