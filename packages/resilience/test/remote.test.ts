import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createMetrics, newTraceparent, withContext } from '@phone82/telemetry';
import { recordingTracer, runsAlone } from '@phone82/testkit';
import { createRemote, type RemoteOptions } from '../src/index.ts';
import { answerWith, fakeService, resets, saysNothing } from './fake-service.ts';

runsAlone('time-outs of a fraction of a second');

const charge = { operation: 'charge', method: 'POST', path: '/payments', body: { orderId: 1 } } as const;

function remoteFor(t: TestContext, baseUrl: string, options: Partial<RemoteOptions> = {}) {
  const remote = createRemote({ name: 'pay', baseUrl, timeoutMs: 150, log: { warn: () => {} }, ...options });
  t.after(() => remote.close());
  return remote;
}

for (const status of [200, 201, 402, 409, 422, 500, 503]) {
  test(`passes on an answer of ${status}`, async (t) => {
    const pay = await fakeService(t);
    pay.behave(answerWith(status, '{"process":"Payed"}', 'retry-after: 2\r\n'));
    const answer = await remoteFor(t, pay.baseUrl).call(charge);
    assert.ok(answer.kind === 'answered');
    assert.deepEqual([answer.status, answer.body], [status, { process: 'Payed' }]);
    assert.equal(answer.headers['retry-after'], '2');
  });
}

test('an answer without JSON has no body', async (t) => {
  const pay = await fakeService(t);
  pay.behave(answerWith(502, '<html>'));
  const answer = await remoteFor(t, pay.baseUrl).call(charge);
  assert.ok(answer.kind === 'answered');
  assert.deepEqual([answer.status, answer.body], [502, undefined]);
});

test('sends the body as JSON, under the path of the base URL, with the ids of the work at hand', async (t) => {
  const pay = await fakeService(t);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const remote = remoteFor(t, `${pay.baseUrl}/api/`);
  const headers = { 'idempotency-key': '1:charge' };
  await withContext({ correlationId: 'c-1', traceparent }, () => remote.call({ ...charge, headers }));
  const sent = pay.requests[0] ?? '';
  assert.match(sent, /^POST \/api\/payments HTTP\/1\.1/);
  assert.match(sent, /x-correlation-id: c-1\r\n/);
  assert.match(sent, new RegExp(`traceparent: ${traceparent}\r\n`));
  assert.match(sent, /idempotency-key: 1:charge\r\n/);
  assert.match(sent, /\r\n\r\n\{"orderId":1\}$/);
});

test('a call that waited for its turn carries its own ids, not those of the call before it', async (t) => {
  const pay = await fakeService(t);
  const remote = remoteFor(t, pay.baseUrl, { maxConcurrent: 1, timeoutMs: 5_000 });
  const callAs = (correlationId: string) =>
    withContext({ correlationId, traceparent: newTraceparent() }, () => remote.call(charge));
  await Promise.all(['c-1', 'c-2', 'c-3'].map(callAs));
  const ids = pay.requests.map((request) => /x-correlation-id: (\S+)/.exec(request)?.[1]);
  assert.deepEqual(ids, ['c-1', 'c-2', 'c-3']);
});

test('a service that is not there was certainly not reached', async (t) => {
  const answer = await remoteFor(t, 'http://127.0.0.1:1').call(charge);
  assert.deepEqual(answer, { kind: 'notSent', reason: 'unreachable', retryAfterMs: 1_000 });
});

test('a host that has no address was certainly not reached', async (t) => {
  const answer = await remoteFor(t, 'http://pay.invalid', { timeoutMs: 5_000 }).call(charge);
  assert.ok(answer.kind === 'notSent');
  assert.equal(answer.reason, 'unreachable');
});

test('a silent service leaves the outcome unknown, when the time is up and not later', async (t) => {
  const pay = await fakeService(t);
  pay.behave(saysNothing);
  const startedAt = Date.now();
  const answer = await remoteFor(t, pay.baseUrl).call(charge);
  assert.deepEqual(answer, { kind: 'unknown', reason: 'timeout' });
  assert.ok(Date.now() - startedAt < 600);
});

const lost = { kind: 'unknown', reason: 'connectionLost' } as const;

test('a connection that breaks before the answer leaves the outcome unknown', async (t) => {
  const pay = await fakeService(t);
  pay.behave(resets);
  assert.deepEqual(await remoteFor(t, pay.baseUrl).call(charge), lost);
});

test('a connection that breaks within the answer leaves the outcome unknown', async (t) => {
  const pay = await fakeService(t);
  pay.behave((socket) => {
    socket.write('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"pro', () => socket.destroy());
  });
  assert.deepEqual(await remoteFor(t, pay.baseUrl).call(charge), lost);
});

for (const method of ['POST', 'GET'] as const) {
  test(`a ${method} on a reused connection that breaks is sent once only`, async (t) => {
    const pay = await fakeService(t);
    const remote = remoteFor(t, pay.baseUrl, { maxConcurrent: 1 });
    await remote.call(charge);
    pay.behave(resets);
    assert.deepEqual(await remote.call({ ...charge, method, body: undefined }), lost);
    await new Promise((later) => setTimeout(later, 50));
    assert.deepEqual([pay.requests.length, pay.connections], [2, 1]);
  });
}

test('a call after one that timed out never gets the answer meant for that one', async (t) => {
  const pay = await fakeService(t);
  const late: (() => void)[] = [];
  pay.behave((socket, request) => late.push(() => answerWith(200, '{"for":"first"}')(socket, request)));
  const remote = remoteFor(t, pay.baseUrl, { maxConcurrent: 1 });
  await remote.call(charge);
  late.forEach((answer) => {
    answer();
  });
  pay.behave(answerWith(200, '{"for":"second"}'));
  const answer = await remote.call(charge);
  assert.ok(answer.kind === 'answered');
  assert.deepEqual(answer.body, { for: 'second' });
  assert.deepEqual([pay.requests.length, pay.connections], [2, 2]);
});

test('keeps connections for the next calls', async (t) => {
  const pay = await fakeService(t);
  const remote = remoteFor(t, pay.baseUrl);
  for (let call = 0; call < 20; call += 1) await remote.call(charge);
  assert.ok(pay.connections <= 2, `${pay.connections} connections`);
});

test('measures calls by what came of them', async (t) => {
  const pay = await fakeService(t);
  const metrics = createMetrics('app');
  await remoteFor(t, pay.baseUrl, { metrics }).call(charge);
  const shown = await metrics.render();
  assert.match(shown, /_count\{service="app",remote="pay",operation="charge",outcome="answered2xx"\} 1/);
  assert.match(shown, /remote_breaker_state\{remote="pay",operation="charge",service="app"\} 0/);
});

test('a call is a span below the work at hand, which the other side sees as its cause', async (t) => {
  const pay = await fakeService(t);
  const tracer = recordingTracer();
  const remote = remoteFor(t, pay.baseUrl, { tracer });
  pay.behave(answerWith(503));
  const context = { correlationId: 'c-1', traceparent: newTraceparent() };
  await withContext(context, () => remote.call(charge));
  const [span] = tracer.spans;
  assert.deepEqual([span?.name, span?.kind, span?.parent], ['pay charge', 'client', context.traceparent]);
  assert.deepEqual([span?.isOver, span?.error], [true, '503']);
  assert.ok(pay.requests[0]?.includes(`traceparent: ${span?.traceparent}`));
  assert.ok(pay.requests[0]?.includes('x-correlation-id: c-1'));
});

test('an operation with a time of its own is waited for longer than the others', async (t) => {
  const pay = await fakeService(t);
  pay.behave((socket, request) => void setTimeout(() => answerWith(200)(socket, request), 300));
  const remote = remoteFor(t, pay.baseUrl, { operationTimeoutsMs: { list: 5_000 } });
  const answers = await Promise.all([
    remote.call(charge),
    remote.call({ operation: 'list', method: 'GET', path: '/payments' }),
  ]);
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ['unknown', 'answered'],
  );
});
