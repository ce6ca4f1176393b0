import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoPrincipal } from '@phone82/access';
import { createLog, createMetrics, noteEffect } from '@phone82/telemetry';
import { actsOnce, createHttpServer } from '../src/index.ts';
import { memoryIdempotencyStore } from './memory-idempotency-store.ts';

const unreachable = Object.assign(new Error('connect ECONNREFUSED'), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
});
const readOnly = Object.assign(new Error('read-only'), { code: '25006', severity: 'ERROR' });
const lost = new Error('Connection terminated unexpectedly');

async function answerTo(
  method: 'GET' | 'POST',
  error: Error,
  { hadEffect = false, begin = async () => {} } = {},
) {
  const log = createLog({ service: 'test', level: 'silent' });
  const store = memoryIdempotencyStore();
  const idempotency = {
    ...store,
    begin: (key: string, print: string, ms: number) => begin().then(() => store.begin(key, print, ms)),
  };
  const server = await createHttpServer({
    log,
    metrics: createMetrics('test'),
    idempotency,
    authenticate: () => demoPrincipal,
  });
  server.route({
    method,
    url: '/orders',
    config: { ...actsOnce, access: { roles: ['customer'] } },
    handler: async () => {
      if (hadEffect) noteEffect();
      throw error;
    },
  });
  const answer = await server.inject({ method, url: '/orders', headers: { 'idempotency-key': 'k' } });
  await server.close();
  return { status: answer.statusCode, code: answer.json().code, retryAfter: answer.headers['retry-after'] };
}

const unavailable = { status: 503, code: 'service-unavailable', retryAfter: '1' };
const unknown = { status: 504, code: 'outcome-unknown', retryAfter: '1' };

test('reading without a database is refused for now', async () => {
  for (const error of [unreachable, readOnly, lost])
    assert.deepEqual(await answerTo('GET', error), unavailable);
});

test('acting where no connection was had, or the database takes no writes, is refused for now', async () => {
  for (const error of [unreachable, readOnly]) assert.deepEqual(await answerTo('POST', error), unavailable);
});

test('a connection that was lost while acting never claims that nothing happened', async () => {
  assert.deepEqual(await answerTo('POST', lost), unknown);
});

test('the second write of a request never claims that the first did not happen', async () => {
  for (const error of [unreachable, readOnly])
    assert.deepEqual(await answerTo('POST', error, { hadEffect: true }), unknown);
});

test('a request whose key could not be begun was not begun', async () => {
  const begin = () => Promise.reject(lost);
  assert.deepEqual(await answerTo('POST', lost, { begin }), unavailable);
});

test('a fault of our own is no outage', async () => {
  const { status, code } = await answerTo('GET', new TypeError('undefined is not a function'));
  assert.deepEqual([status, code], [500, 'internal-error']);
});
