import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRemote, type Remote } from '@phone82/resilience';
import type { Environment } from '@phone82/runtime';
import { type FakeRemote, manualEnvironment, silentLog, startFakeRemote } from '@phone82/testkit';
import { createTossPsp } from '../src/outbound/toss/toss-psp.ts';
import { type Psp, PspUnavailable } from '../src/usecases/psp-port.ts';
import { pspContract } from './psp-contract.ts';
import { PREFIX, SECRET_KEY, startSimulatedPsp } from './simulated-psp.ts';

const never = new AbortController().signal;

/** The suite lets far more calls fail than a PSP does. */
const neverOpens = { minimumCalls: 10_000 };

const remoteAt = (baseUrl: string) =>
  createRemote({ name: 'psp', baseUrl, timeoutMs: 4_000, log: silentLog, breaker: neverOpens });

const tossPsp = (
  remote: Remote,
  environment: Environment,
  onMisconfigured: (code: string) => void = () => {},
) =>
  createTossPsp({
    remote,
    secretKey: SECRET_KEY,
    billingKey: 'card/1',
    customerKey: 'customer-demo',
    orderPrefix: PREFIX,
    environment,
    onMisconfigured,
  });

pspContract('Toss, over HTTP', async (environment) => {
  const simulated = await startSimulatedPsp(environment);
  const remote = remoteAt(simulated.url);
  return {
    ...simulated,
    psp: tossPsp(remote, environment),
    close: async () => {
      await remote.close();
      await simulated.down();
    },
  };
});

describe('what Toss gets to see', () => {
  const environment = manualEnvironment();
  const refusedKeys: string[] = [];
  let toss: FakeRemote;
  let remote: Remote;
  let psp: Psp;
  const order = { orderId: 7, amount: 5_000 };
  const payment = {
    paymentKey: 'key/1',
    orderId: 'phone82-7',
    status: 'DONE',
    totalAmount: 5_000,
    approvedAt: '2026-01-31T09:00:00+09:00',
  };
  before(async () => {
    toss = await startFakeRemote(() => ({ status: 200, body: payment }));
    remote = remoteAt(toss.url);
    psp = tossPsp(remote, environment, (code) => refusedKeys.push(code));
  });
  after(async () => {
    await remote.close();
    await toss.close();
  });

  test('is a charge of the stored card, under a key made of the order and the operation', async () => {
    const chargedAt = Date.parse('2026-01-31T00:00:00Z');
    assert.deepEqual(await psp.charge(order), { kind: 'charged', paymentKey: 'key/1', chargedAt });
    const { method, path, body, headers } = toss.requests.at(-1) ?? {};
    assert.deepEqual([method, path], ['POST', '/v1/billing/card%2F1']);
    assert.deepEqual(body, {
      customerKey: 'customer-demo',
      amount: 5_000,
      orderId: 'phone82-7',
      orderName: 'phone82 7',
    });
    assert.equal(headers?.['idempotency-key'], 'phone82-7:charge');
    assert.equal(headers?.authorization, `Basic ${btoa(`${SECRET_KEY}:`)}`);
  });

  test('is a cancel of all that is left, under a key of its own per round', async () => {
    await psp.refund({ ...order, paymentKey: 'key/1', round: 0 });
    const { path, body, headers } = toss.requests.at(-1) ?? {};
    assert.deepEqual([path, body], ['/v1/payments/key%2F1/cancel', { cancelReason: 'order cancelled' }]);
    assert.equal(headers?.['idempotency-key'], 'phone82-7:refund');
    await psp.refund({ ...order, paymentKey: 'key/1', round: 2 });
    assert.equal(toss.requests.at(-1)?.headers['idempotency-key'], 'phone82-7:refund:2');
  });

  test('is one page of transactions after another, and those of other systems are left out', async () => {
    const transactions = Array.from({ length: 2_300 }, (_, index) => ({
      transactionKey: `t${index}`,
      orderId: index % 100 === 0 ? 'other-1' : `phone82-${index}`,
      status: 'DONE',
      amount: 100,
      transactionAt: '2026-01-31T09:00:00+09:00',
    }));
    const pages: string[] = [];
    toss.answers(({ path }) => {
      const query = new URLSearchParams(path.split('?')[1]);
      pages.push(`${query.get('startDate')} ${query.get('startingAfter')}`);
      const from = Number(query.get('startingAfter')?.slice(1) ?? -1) + 1;
      return { status: 200, body: transactions.slice(from, from + Number(query.get('limit'))) };
    });
    const period = { from: Date.parse('2026-01-30T15:00:00Z'), to: Date.parse('2026-01-31T15:00:00Z') };
    let seen = 0;
    for await (const page of psp.transactions(period, never)) seen += page.length;
    assert.equal(seen, 2_300 - 23);
    assert.deepEqual(
      pages,
      ['null', 't999', 't1999'].map((after) => `2026-01-31T00:00:00 ${after}`),
    );
  });

  test('for transactions is not repeated when it would take long, or when nobody waits for them any more', async () => {
    const list = (signal: AbortSignal) =>
      psp.transactions({ from: 0, to: 1 }, signal)[Symbol.asyncIterator]().next();
    toss.answers(() => ({
      status: 429,
      headers: { 'retry-after': '11' },
      body: { code: 'TOO_MANY_REQUESTS' },
    }));
    await assert.rejects(list(never), PspUnavailable);
    toss.answers(() => ({
      status: 429,
      headers: { 'retry-after': '9' },
      body: { code: 'TOO_MANY_REQUESTS' },
    }));
    const stop = new AbortController();
    const listed = assert.rejects(list(stop.signal), PspUnavailable);
    while (environment.sleeping() === 0) await nextTurn();
    stop.abort();
    await listed;
  });

  test('is nothing for a while after it did not know our keys', async () => {
    toss.answers(() => ({ status: 401, body: { code: 'UNAUTHORIZED_KEY', message: '' } }));
    const before = toss.requests.length;
    for (const answer of [await psp.charge(order), await psp.charge(order)])
      assert.deepEqual([answer.kind, 'code' in answer && answer.code], ['notTaken', 'UNAUTHORIZED_KEY']);
    assert.equal((await psp.lookUp(order)).kind, 'unanswered');
    assert.equal((await psp.refund({ ...order, paymentKey: 'k', round: 0 })).kind, 'retry');
    assert.deepEqual([toss.requests.length - before, refusedKeys], [1, ['UNAUTHORIZED_KEY']]);
    toss.answers(() => ({ status: 200, body: payment }));
    await environment.advance(30_000);
    assert.equal((await psp.charge(order)).kind, 'charged');
  });

  test('is nothing where nobody listens, and that is certain', async () => {
    const gone = await startFakeRemote(() => 'reset');
    await gone.close();
    const nobody = remoteAt(gone.url);
    assert.equal((await tossPsp(nobody, environment).charge(order)).kind, 'notTaken');
    await nobody.close();
  });

  for (const [what, body] of Object.entries({
    'of another order': { ...payment, orderId: 'phone82-8' },
    'of another amount': { ...payment, totalAmount: 1 },
    'that is not over': { ...payment, status: 'IN_PROGRESS' },
    'in a status that nobody knows': { ...payment, status: 'SOMETHING_NEW' },
    'without the time of its approval': { ...payment, approvedAt: null },
    'of no form': 'DONE',
  }))
    test(`an answer ${what} leaves the outcome open`, async () => {
      toss.answers(() => ({ status: 200, body }));
      assert.equal((await psp.charge(order)).kind, 'lost');
      assert.equal((await psp.lookUp(order)).kind, 'unanswered');
    });

  test('a charge that was done before is looked up', async () => {
    toss.answers(({ method }) =>
      method === 'POST'
        ? { status: 400, body: { code: 'DUPLICATED_ORDER_ID' } }
        : {
            status: 200,
            body: { ...payment, status: 'CANCELED', cancels: [{ canceledAt: '2026-02-01T09:00:00+09:00' }] },
          },
    );
    assert.equal((await psp.charge(order)).kind, 'lost', 'given back meanwhile: no charge that counts');
    toss.answers(({ method }) =>
      method === 'POST'
        ? { status: 400, body: { code: 'DUPLICATED_ORDER_ID' } }
        : { status: 200, body: payment },
    );
    assert.equal((await psp.charge(order)).kind, 'charged');
  });
});
