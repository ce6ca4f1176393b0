import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { type HttpClient, httpClient } from '@phone82/testkit';
import type { FastifyInstance } from 'fastify';
import { createPspServer } from '../src/index.ts';
import { authorization, chargeOf, pspUnderTest } from './psp-under-test.ts';

const headers = { authorization };
let server: FastifyInstance | undefined;
afterEach(() => server?.close());

async function listening(): Promise<
  HttpClient & { remove(path: string, headers?: Record<string, string>): Promise<number> }
> {
  server = createPspServer(pspUnderTest().psp);
  await server.listen({ port: 0 });
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const remove = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { method: 'DELETE', headers })).status;
  return { ...httpClient(url), remove };
}

describe('the PSP over HTTP', () => {
  test('takes a charge and finds it again', async () => {
    const http = await listening();
    const { status, body } = await http.post('/v1/billing/billing-1', chargeOf(7), headers);
    assert.deepEqual([status, body.status], [200, 'DONE']);
    const found = await http.get('/v1/payments/orders/phone82-7', headers);
    assert.deepEqual(found.body, body);
  });

  test('breaks the connection where no answer is to come', async () => {
    const http = await listening();
    await http.put('/simulator/misbehaviours', { rules: [{ kind: 'dropReply', times: 1 }] });
    await assert.rejects(http.post('/v1/billing/billing-1', chargeOf(7), headers), /socket hang up/);
    const { body } = await http.get('/v1/payments/orders/phone82-7', headers);
    assert.equal(body.status, 'DONE');
  });

  test('answers what is not JSON as it answers a bad request', async () => {
    const http = await listening();
    const { status, body } = await http.post('/v1/billing/billing-1', 'not JSON', headers);
    assert.deepEqual([status, body.code], [400, 'INVALID_REQUEST']);
  });

  test('is told to misbehave, shows it, and forgets it', async () => {
    const http = await listening();
    const settings = {
      rules: [{ kind: 'slow', ms: 10, orderId: 'phone82-7', operation: 'charge', rate: 0.5, times: 3 }],
      webhooks: { copies: 2 },
    };
    assert.equal((await http.put('/simulator/misbehaviours', settings)).status, 200);
    assert.deepEqual((await http.get('/simulator/misbehaviours')).body, settings);
    assert.equal(await http.remove('/simulator/misbehaviours'), 200);
    assert.deepEqual((await http.get('/simulator/misbehaviours')).body, { rules: [], webhooks: {} });
  });

  test('takes a request without content that names a type', async () => {
    const http = await listening();
    const headers = { 'content-type': 'application/json' };
    assert.equal(await http.remove('/simulator/misbehaviours', headers), 200);
  });

  for (const settings of [
    { rules: [{ kind: 'rude' }] },
    { rules: [{ kind: 'decline' }] },
    { rules: [{ kind: 'decline', code: 'NO_SUCH_CODE' }] },
    { rules: [{ kind: 'down', orderId: 'phone82-7' }] },
    { rules: [{ kind: 'dropReply', rate: 1.5 }] },
    { rules: [{ kind: 'dropReply', order: 7 }] },
    { webhooks: { late: true } },
    { behaviour: 'decline' },
  ])
    test(`refuses to misbehave by ${JSON.stringify(settings)}, and goes on as before`, async () => {
      const http = await listening();
      const before = (await http.put('/simulator/misbehaviours', { rules: [{ kind: 'dropReply' }] })).body;
      assert.equal((await http.put('/simulator/misbehaviours', settings)).status, 400);
      assert.deepEqual((await http.get('/simulator/misbehaviours')).body, before);
    });

  test('shows the balances of orders, page by page', async () => {
    const http = await listening();
    for (const order of [1, 2, 3]) await http.post('/v1/billing/billing-1', chargeOf(order), headers);
    const page = async (query: string) => {
      const { body } = await http.get(`/simulator/balances?orderIdPrefix=phone82-&limit=2${query}`);
      return body.balances.map(({ orderId, net }: { orderId: string; net: number }) => [orderId, net]);
    };
    assert.deepEqual(await page(''), [
      ['phone82-1', 899_000],
      ['phone82-2', 899_000],
    ]);
    assert.deepEqual(await page('&startingAfter=phone82-2'), [['phone82-3', 899_000]]);
    assert.equal((await http.get('/simulator/balances?limit=0')).status, 400);
  });

  test('begins a payment as the browser would', async () => {
    const http = await listening();
    const order = { orderId: 'phone82-7', amount: 899_000 };
    const session = await http.post('/simulator/sessions', order);
    assert.deepEqual([session.status, session.body.status], [201, 'IN_PROGRESS']);
    const { paymentKey } = session.body;
    const { body } = await http.post('/v1/payments/confirm', { paymentKey, ...order }, headers);
    assert.equal(body.status, 'DONE');
  });

  test('is healthy while its API is down', async () => {
    const http = await listening();
    await http.put('/simulator/misbehaviours', { rules: [{ kind: 'down' }] });
    await assert.rejects(http.get('/v1/payments/nothing', headers), /socket hang up/);
    assert.deepEqual([(await http.get('/livez')).status, (await http.get('/readyz')).status], [200, 200]);
  });
});
