import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { newTraceparent, withContext } from '@phone82/telemetry';
import {
  createRemote,
  type Remote,
  type RemoteOptions,
  type RemoteRequest,
  type Transport,
} from '../src/index.ts';
import { answerWith, fakeService, saysNothing } from './fake-service.ts';

const look = { operation: 'look', method: 'GET', path: '/payments/1' } as const;
const charge = { operation: 'charge', method: 'POST', path: '/payments', deadline: 'admits' } as const;

async function setting(t: TestContext, options: Partial<RemoteOptions> = {}) {
  const service = await fakeService(t);
  const changes: string[] = [];
  const remote = createRemote({
    name: 'pay',
    baseUrl: service.baseUrl,
    timeoutMs: 2_000,
    log: { warn: () => {} },
    onStateChange: (operation, state) => changes.push(`${operation} ${state}`),
    ...options,
  });
  t.after(() => remote.close());
  return { service, remote, changes };
}

/** Calls on behalf of someone who stops waiting after so long. */
const callWithin = (ms: number, remote: Remote, request: RemoteRequest) =>
  withContext(
    { correlationId: 'c-1', traceparent: newTraceparent(), deadlineAt: performance.now() + ms },
    () => remote.call(request),
  );

const tooLate = { kind: 'notSent', reason: 'deadlinePassed', retryAfterMs: 0 } as const;
const cutShort = { kind: 'unknown', reason: 'deadlinePassed' } as const;

for (const request of [look, charge])
  test(`a ${request.operation} for someone who no longer waits is not sent`, async (t) => {
    const { service, remote } = await setting(t);
    assert.deepEqual(await callWithin(-1, remote, request), tooLate);
    assert.equal(service.requests.length, 0);
  });

test('tells the other side how long the answer is waited for', async (t) => {
  const { service, remote } = await setting(t);
  await remote.call(look);
  await callWithin(500, remote, look);
  await callWithin(500, remote, charge);
  const told = service.requests.map((sent) =>
    Number(/x-envoy-expected-rq-timeout-ms: (\d+)/.exec(sent)?.[1]),
  );
  assert.equal(told[0], 2_000);
  assert.ok(told[1] !== undefined && told[1] > 0 && told[1] <= 500, String(told[1]));
  assert.equal(told[2], 2_000, 'a charge is waited for to its own end');
});

test('a call ends with the deadline of the request it serves', async (t) => {
  const { service, remote } = await setting(t);
  service.behave(saysNothing);
  assert.deepEqual(await callWithin(40, remote, look), cutShort);
});

test('a charge that began is never cut short by a deadline', async (t) => {
  const { service, remote } = await setting(t);
  service.behave((socket, request) => void setTimeout(() => answerWith(201)(socket, request), 120));
  const answer = await callWithin(40, remote, charge);
  assert.equal(answer.kind === 'answered' && answer.status, 201);
});

for (const request of [look, charge])
  test(`a ${request.operation} whose deadline passes while it waits for its turn is not sent`, async (t) => {
    const { service, remote } = await setting(t, { maxConcurrent: 1, timeoutMs: 200 });
    service.behave(saysNothing);
    const [first, second] = await Promise.all([remote.call(request), callWithin(30, remote, request)]);
    assert.equal(first.kind, 'unknown');
    assert.deepEqual(second, tooLate);
    assert.equal(service.requests.length, 1);
  });

test('callers in a hurry do not open the breaker', async (t) => {
  const { service, remote, changes } = await setting(t, { breaker: { minimumCalls: 4 } });
  service.behave(saysNothing);
  await Promise.all(Array.from({ length: 8 }, () => callWithin(30, remote, look)));
  assert.deepEqual(changes, []);
});

test('callers whose time ends before a connection is made do not open the breaker', async (t) => {
  const connecting: Transport = {
    send: ({ signal }) =>
      new Promise((resolve) => {
        const given = { kind: 'notSent', reason: 'unreachable', retryAfterMs: 1_000 } as const;
        signal.addEventListener('abort', () => resolve(given));
      }),
    close: async () => undefined,
  };
  const { remote, changes } = await setting(t, { breaker: { minimumCalls: 4 }, transport: connecting });
  const answers = await Promise.all(Array.from({ length: 8 }, () => callWithin(30, remote, look)));
  await delay(20);
  assert.deepEqual([...new Set(answers.map(({ kind }) => kind))], ['notSent']);
  assert.deepEqual(changes, []);
});

test('a probe that its caller cut short does not close the breaker', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const breaker = { minimumCalls: 4, halfOpenAfterMs: 1_000 };
  const { service, remote, changes } = await setting(t, { breaker, random: () => 0 });
  service.behave(answerWith(500));
  for (let call = 0; call < 4; call += 1) await remote.call(look);
  t.mock.timers.tick(1_000);
  service.behave(saysNothing);
  assert.deepEqual(await callWithin(30, remote, look), cutShort);
  assert.deepEqual(changes, ['look open', 'look halfOpen', 'look open']);
});

test('repetitions that fail stop at their budget, and go on when they succeed', async (t) => {
  const retryBudget = { most: 2, minPerSecond: 0 };
  const { service, remote } = await setting(t, { retryBudget, breaker: { minimumCalls: 1_000 } });
  const repeat = { ...look, isRetry: true };
  service.behave(answerWith(200));
  for (let call = 0; call < 5; call += 1) assert.equal((await remote.call(repeat)).kind, 'answered');
  service.behave(answerWith(503));
  await remote.call(repeat);
  await remote.call(repeat);
  const stopped = await remote.call(repeat);
  assert.deepEqual(stopped, { kind: 'notSent', reason: 'retryBudgetSpent', retryAfterMs: 1_000 });
  assert.equal((await remote.call(look)).kind, 'answered', 'first calls have no budget');
  assert.equal(service.requests.length, 8);
});
