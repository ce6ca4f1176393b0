import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { runsAlone } from '@phone82/testkit';
import { createRemote, type Remote, type RemoteOptions } from '../src/index.ts';
import { answerWith, type FakeService, fakeService, saysNothing } from './fake-service.ts';

runsAlone('time-outs of a fraction of a second');

const charge = { operation: 'charge', method: 'POST', path: '/payments', body: {} } as const;
const cancel = { ...charge, operation: 'cancel' };

interface Setting {
  readonly remote: Remote;
  readonly service: FakeService;
  readonly changes: string[];
}

async function setting(t: TestContext, options: Partial<RemoteOptions> = {}): Promise<Setting> {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const service = await fakeService(t);
  const changes: string[] = [];
  const remote = createRemote({
    name: 'pay',
    baseUrl: service.baseUrl,
    breaker: { minimumCalls: 4, halfOpenAfterMs: 1_000 },
    random: () => 0.5,
    log: { warn: () => {} },
    onStateChange: (operation, state) => changes.push(`${operation} ${state}`),
    ...options,
  });
  t.after(() => remote.close());
  return { remote, service, changes };
}

async function repeat(times: number, act: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await act();
}

test('opens when more than half of enough calls failed, and then sends nothing', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(503));
  await repeat(4, () => remote.call(charge));
  assert.deepEqual(changes, ['charge open']);
  const answer = await remote.call(charge);
  assert.deepEqual(answer, { kind: 'notSent', reason: 'breakerOpen', retryAfterMs: 1_500 });
  assert.equal(service.requests.length, 4);
});

test('stays closed while there were too few calls to judge', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(503));
  await repeat(3, () => remote.call(charge));
  assert.deepEqual(changes, []);
});

test('stays closed when half succeed', async (t) => {
  const { remote, service, changes } = await setting(t);
  await repeat(4, () => remote.call(charge));
  service.behave(answerWith(500));
  await repeat(4, () => remote.call(charge));
  assert.deepEqual(changes, []);
});

test('a refusal is not a failure', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(402));
  await repeat(10, () => remote.call(charge));
  assert.deepEqual(changes, []);
});

test('failures that are long past do not count', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(500));
  await repeat(3, () => remote.call(charge));
  t.mock.timers.tick(30_000);
  service.behave(answerWith(200));
  await repeat(12, async () => {
    await remote.call(charge);
    t.mock.timers.tick(1_000);
  });
  service.behave(answerWith(500));
  await remote.call(charge);
  assert.deepEqual(changes, []);
});

test('lets one call try after its time, and closes when that succeeds', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(500));
  await repeat(4, () => remote.call(charge));
  service.behave(answerWith(200));
  t.mock.timers.tick(1_499);
  assert.equal((await remote.call(charge)).kind, 'notSent');
  t.mock.timers.tick(1);
  assert.equal((await remote.call(charge)).kind, 'answered');
  assert.deepEqual(changes, ['charge open', 'charge halfOpen', 'charge closed']);
});

test('opens again when the try fails', async (t) => {
  const { remote, service, changes } = await setting(t);
  service.behave(answerWith(500));
  await repeat(4, () => remote.call(charge));
  t.mock.timers.tick(1_500);
  await remote.call(charge);
  assert.deepEqual(changes, ['charge open', 'charge halfOpen', 'charge open']);
  assert.equal((await remote.call(charge)).kind, 'notSent');
});

test('time-outs open it', async (t) => {
  const { remote, service, changes } = await setting(t, { timeoutMs: 30 });
  service.behave(saysNothing);
  await Promise.all(Array.from({ length: 4 }, () => remote.call(charge)));
  assert.deepEqual(changes, ['charge open']);
});

test('each operation has a breaker of its own, shown from the start if announced', async (t) => {
  const { remote, service } = await setting(t, { operations: ['charge', 'cancel'] });
  service.behave(answerWith(500));
  await repeat(4, () => remote.call(charge));
  service.behave(answerWith(200));
  assert.deepEqual(remote.breakers(), [
    { remote: 'pay', operation: 'charge', state: 'open' },
    { remote: 'pay', operation: 'cancel', state: 'closed' },
  ]);
  assert.equal((await remote.call(cancel)).kind, 'answered');
});

test('no more calls than allowed are under way or waiting; the rest was certainly not sent', async (t) => {
  const { remote, service } = await setting(t, { maxConcurrent: 2, maxQueued: 3, timeoutMs: 1_000 });
  const waiting: (() => void)[] = [];
  service.behave((socket, request) => waiting.push(() => answerWith(200)(socket, request)));
  const calls = Array.from({ length: 7 }, () => remote.call(charge));
  const turnedAway = await Promise.all(calls.slice(5));
  assert.deepEqual(
    turnedAway.map((answer) => answer.kind === 'notSent' && answer.reason),
    ['bulkheadFull', 'bulkheadFull'],
  );
  while (waiting.length < 2) await new Promise((turn) => setImmediate(turn));
  assert.equal(service.requests.length, 2);
  service.behave(answerWith(200));
  for (const answer of waiting) answer();
  const answers = await Promise.all(calls.slice(0, 5));
  assert.ok(answers.every(({ kind }) => kind === 'answered'));
});

test('a call that waits longer than its patience was certainly not sent', async (t) => {
  const limits = { maxConcurrent: 1, maxQueued: 1, timeoutMs: 60, maxWaitMs: 20 };
  const { remote, service } = await setting(t, limits);
  service.behave(saysNothing);
  const [first, second] = await Promise.all([remote.call(charge), remote.call(charge)]);
  assert.deepEqual(first, { kind: 'unknown', reason: 'timeout' });
  assert.ok(second.kind === 'notSent');
  assert.equal(second.reason, 'bulkheadFull');
  assert.equal(service.requests.length, 1);
});

test('a call that waited has all of its time for itself', async (t) => {
  const limits = { maxConcurrent: 1, maxQueued: 1, timeoutMs: 150, maxWaitMs: 500 };
  const { remote, service } = await setting(t, limits);
  const answerLate = answerWith(200);
  service.behave((socket, request) => void setTimeout(() => answerLate(socket, request), 100));
  const answers = await Promise.all([remote.call(charge), remote.call(charge)]);
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ['answered', 'answered'],
  );
});
