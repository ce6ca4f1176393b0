import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, createMetrics } from '@phone82/telemetry';
import { createHttpServer } from '../src/index.ts';

const unreachable = Object.assign(new Error('connect ECONNREFUSED'), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
});

async function answerTo(method: 'GET' | 'POST', error: Error) {
  const log = createLog({ service: 'test', level: 'silent' });
  const server = await createHttpServer({ log, metrics: createMetrics('test') });
  server.route({
    method,
    url: '/orders',
    handler: async () => {
      throw error;
    },
  });
  const answer = await server.inject({ method, url: '/orders' });
  await server.close();
  return { status: answer.statusCode, code: answer.json().code, retryAfter: answer.headers['retry-after'] };
}

test('reading without a database is refused for now', async () => {
  assert.deepEqual(await answerTo('GET', unreachable), {
    status: 503,
    code: 'service-unavailable',
    retryAfter: '1',
  });
});

test('acting without a database never claims that nothing happened', async () => {
  assert.deepEqual(await answerTo('POST', unreachable), {
    status: 504,
    code: 'outcome-unknown',
    retryAfter: '1',
  });
});

test('a fault of our own is no outage', async () => {
  const { status, code } = await answerTo('GET', new TypeError('undefined is not a function'));
  assert.deepEqual([status, code], [500, 'internal-error']);
});
