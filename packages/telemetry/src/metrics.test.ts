import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './metrics.ts';

test('two services in one process keep their numbers apart', async () => {
  const [app, pay] = [createMetrics('app'), createMetrics('pay')];
  app.counter('orders_total', 'Orders', ['outcome']).inc({ outcome: 'paid' }, 3);
  assert.match(await app.render(), /orders_total\{outcome="paid",service="app"\} 3/);
  assert.doesNotMatch(await pay.render(), /orders_total/);
});

test('asking again for a name gives the same metric', async () => {
  const metrics = createMetrics('app');
  metrics.counter('orders_total', 'Orders').inc();
  metrics.counter('orders_total', 'Orders').inc();
  assert.match(await metrics.render(), /orders_total\{service="app"\} 2/);
});

test('a gauge is asked for its value when the metrics are read', async () => {
  const metrics = createMetrics('app');
  let depth = 1;
  metrics.gauge('outbox_depth', 'Waiting', [], (gauge) => gauge.set(depth));
  depth = 5;
  assert.match(await metrics.render(), /outbox_depth\{service="app"\} 5/);
});

test('shows how the process is doing', async () => {
  assert.match(await createMetrics('app').render(), /nodejs_eventloop_lag_seconds/);
});
