import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { serviceNames } from '@phone82/service-list';
import { eventually, httpClient, needs } from '@phone82/testkit';
import { sendRecords, unreadable } from './foreign-sender.ts';
import { dashboardQueries, type Prometheus, startPrometheus } from './prometheus.ts';
import { newSystem, succeeded } from './system-under-test.ts';

needs('prometheus');

const system = await newSystem();
let prometheus: Prometheus;
before(async () => {
  // On a busy machine an order that took its time is answered all the same.
  system.environment.PAY_TIMEOUT_MS = '20000';
  succeeded(await system.run('up', '--detach'));
  prometheus = await startPrometheus(system.offset);
});
after(async () => {
  await prometheus?.stop();
  await system.dispose();
});

const PATIENCE = { timeoutMs: 30_000 };
const fires = (alerts: readonly string[], meanwhile = async () => {}) =>
  eventually(async () => {
    await meanwhile();
    const firing = await prometheus.firing();
    assert.deepEqual(
      alerts.filter((alert) => !firing.has(alert)),
      [],
      `not firing, while ${[...firing].join(', ') || 'nothing'} is`,
    );
  }, PATIENCE);
const order = () => system.http('gateway').post('/orders', { item: 'LG10', qty: 1 });

describe('a real Prometheus that scrapes a running system', () => {
  test('finds every target up', () =>
    eventually(async () => {
      const up = Object.fromEntries(serviceNames.map((name) => [name, 'up']));
      assert.deepEqual(await prometheus.targets(), up);
    }, PATIENCE));

  test('has data for every query of every dashboard after a load', async () => {
    succeeded(await system.run('load', '--orders', '30', '--rate', '5', '--cancels', '30'));
    const queries = await dashboardQueries('app');
    assert.ok(queries.length > 30, 'the dashboards were not found');
    await eventually(async () => {
      const found = await Promise.all(queries.map(({ query }) => prometheus.query(query)));
      const empty = queries.filter((_, index) => found[index]?.length === 0);
      assert.deepEqual(empty, []);
    }, PATIENCE);
  });

  test('sees a message that nobody can handle', async () => {
    await sendRecords(system, unreadable('poison', 'Ordered', 900_000_001));
    await fires(['DeadLetters store', 'DeadLetters customer']);
  });

  test('sees that the PSP does not accept our keys', async () => {
    const simulator = httpClient(`http://127.0.0.1:${8087 + system.offset}`);
    const refusal = { kind: 'error', status: 401, code: 'UNAUTHORIZED_KEY' };
    await simulator.put('/simulator/misbehaviours', { rules: [refusal] });
    assert.notEqual((await order()).status, 201);
    await fires(['PspKeysRefused pay']);
    await simulator.put('/simulator/misbehaviours', { rules: [] });
  });

  test('sees a service that is gone, the breaker that opens, and the error budget that burns', async () => {
    succeeded(await system.run('stop', 'pay'));
    const refused = async () => assert.equal((await order()).status, 503);
    const burning = ['CoreErrorBudgetBurnsFast app', 'CoreErrorBudgetBurns app'];
    await fires(['ScrapeDown pay', 'BreakerOpen app', ...burning], refused);
    succeeded(await system.run('start', 'pay'));
  });
});
