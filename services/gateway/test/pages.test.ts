import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressKey, routed } from '@phone82/service-list';
import { fakeService, startGateway } from './system.ts';

const document = {
  openapi: '3.1.1',
  paths: { '/orders': { get: { operationId: 'listOrders', tags: ['orders'] } } },
};
const everything = (url: string) => Object.fromEntries(routed.map((name) => [addressKey(name), url]));

test('the whole is up when every service is', async (t) => {
  const service = await fakeService(t, (_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"status":"up","checks":{}}');
  });
  const { url } = await startGateway(t, everything(service));
  const answer = await fetch(`${url}/healthz`);
  const { status, services } = (await answer.json()) as { status: string; services: object };
  assert.deepEqual([answer.status, status], [200, 'up']);
  assert.deepEqual(Object.keys(services), routed);
});

test('the whole is down when one service is, and it says which and why', async (t) => {
  const down = { status: 'down', checks: { database: 'refused' } };
  const pay = await fakeService(t, (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify(down));
  });
  const { url } = await startGateway(t, { PAY_URL: pay });
  const answer = await fetch(`${url}/healthz`);
  const { services } = (await answer.json()) as {
    services: Record<string, { status: string; checks?: object }>;
  };
  assert.equal(answer.status, 503);
  assert.deepEqual([services.pay?.status, services.pay?.checks], ['down', down.checks]);
  assert.equal(services.app?.status, 'unreachable');
});

test('the whole is up while the log is away, and says who misses it', async (t) => {
  const state = { status: 'up', checks: { database: 'up', bus: 'refused' }, warnings: ['bus'] };
  const service = await fakeService(t, (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(state));
  });
  const { url } = await startGateway(t, everything(service));
  const answer = await fetch(`${url}/healthz`);
  const { services } = (await answer.json()) as { services: Record<string, object> };
  const { ms, ...app } = services.app as { ms: number };
  assert.deepEqual([answer.status, app], [200, state]);
});

test('a service that hangs does not hang the answer', async (t) => {
  const hanging = await fakeService(t, () => {});
  const { url } = await startGateway(t, { APP_URL: hanging });
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(5_000) });
  assert.equal(answer.status, 503);
});

test('is alive and ready by itself, whatever the services do', async (t) => {
  const { url } = await startGateway(t);
  for (const path of ['/livez', '/readyz', '/metrics']) assert.equal((await fetch(url + path)).status, 200);
});

test('shows the documents of the services that answer, together and one by one', async (t) => {
  const app = await fakeService(t, (_request, response) => void response.end(JSON.stringify(document)));
  const { url } = await startGateway(t, { APP_URL: app });
  const merged = (await (await fetch(`${url}/openapi.json`)).json()) as typeof document;
  assert.deepEqual(Object.keys(merged.paths), ['/orders']);
  assert.deepEqual(await (await fetch(`${url}/docs/app/openapi.json`)).json(), document);
  assert.equal((await fetch(`${url}/docs/pay/openapi.json`)).status, 503);
  const asyncapi = (await (await fetch(`${url}/asyncapi.json`)).json()) as { asyncapi: string };
  assert.equal(asyncapi.asyncapi, '3.0.0');
});

test('the page brings everything it needs itself', async (t) => {
  const { url } = await startGateway(t);
  const page = await (await fetch(`${url}/docs`)).text();
  const assets = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => String(address));
  assert.ok(assets.length >= 4);
  for (const asset of assets) {
    assert.match(asset, /^\/docs\/static\//);
    assert.equal((await fetch(url + asset)).status, 200, asset);
  }
});

test('has nothing elsewhere', async (t) => {
  const { url } = await startGateway(t);
  for (const path of ['/', '/ordersX', '/psp-simulator'])
    assert.equal((await fetch(url + path)).status, 404, path);
});
