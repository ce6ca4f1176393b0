import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { orderServer } from './order-server.ts';

const up = { name: 'database', gates: true, check: async () => {} };
const down = { name: 'bus', gates: true, check: () => Promise.reject(new Error('refused')) };

test('is alive without asking anyone', async () => {
  const { server } = await orderServer({ checks: [down] });
  assert.equal((await server.inject({ url: '/livez' })).statusCode, 200);
});

test('is ready when every check passes', async () => {
  const { server } = await orderServer({ checks: [up] });
  const answer = await server.inject({ url: '/readyz' });
  assert.deepEqual([answer.statusCode, answer.json()], [200, { status: 'up', checks: { database: 'up' } }]);
});

test('is not ready when one fails, and says which and why', async () => {
  const { server } = await orderServer({ checks: [up, down] });
  const answer = await server.inject({ url: '/readyz' });
  const checks = { database: 'up', bus: 'refused' };
  assert.deepEqual([answer.statusCode, answer.json()], [503, { status: 'down', checks }]);
});

test('does not wait for a check that hangs', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hanging = { name: 'bus', gates: true, check: () => new Promise<void>(() => {}) };
  const { server } = await orderServer({ checks: [hanging] });
  await server.ready();
  const asked = server.inject({ url: '/readyz' });
  while ((await Promise.race([asked, new Promise((turn) => setImmediate(turn))])) === undefined)
    t.mock.timers.tick(1_000);
  assert.equal((await asked).json().checks.bus, 'no answer in time');
});

test('stays ready when a check that does not gate fails, and warns of it with the reason', async () => {
  const { server } = await orderServer({ checks: [up, { ...down, gates: false }] });
  const answer = await server.inject({ url: '/readyz' });
  const checks = { database: 'up', bus: 'refused' };
  assert.deepEqual([answer.statusCode, answer.json()], [200, { status: 'up', checks, warnings: ['bus'] }]);
});

test('is not ready when both kinds fail', async () => {
  const { server } = await orderServer({
    checks: [
      { ...down, name: 'database' },
      { ...down, gates: false },
    ],
  });
  const answer = await server.inject({ url: '/readyz' });
  assert.deepEqual([answer.statusCode, answer.json().status], [503, 'down']);
});

test('answers within half a second although a check that does not gate hangs', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const hanging = { name: 'bus', gates: false, check: () => new Promise<void>(() => {}) };
  const { server } = await orderServer({ checks: [up, hanging] });
  const asked = server.inject({ url: '/readyz' });
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  t.mock.timers.tick(499);
  const answer = await asked;
  assert.deepEqual([answer.statusCode, answer.json().checks.bus], [200, 'no answer in time']);
});

test('shows the breakers it was given', async () => {
  const breaker = { remote: 'pay', operation: 'charge', state: 'open' } as const;
  const { server } = await orderServer({ breakers: () => [breaker] });
  assert.deepEqual((await server.inject({ url: '/breakers' })).json(), { breakers: [breaker] });
});
