import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alertFaults } from './alerts.ts';
import { metricFaults, metricsIn, unknownMetrics, unnamedMetrics } from './metrics.ts';

const made = metricsIn([
  "metrics.counter('orders_total', 'Orders', ['outcome']);",
  "metrics?.histogram(\n  'lag_seconds',\n  'Lag');",
]);

describe('the page of the metrics', () => {
  const page = '| `orders_total` | counter | outcome |\n| `lag_seconds` | histogram | |\n';

  test('passes when it lists what the code measures', () => assert.deepEqual(metricFaults(page, made), []));
  for (const [what, from, to, fault] of [
    ['a metric that it lacks', '| `lag_seconds` | histogram | |', '', 'lag_seconds is not documented'],
    [
      'a metric that is gone',
      '`lag_seconds` | histogram | |',
      '`lag_seconds` | histogram | |\n| `old_total` | counter |',
      'old_total is documented, but nothing measures it',
    ],
    [
      'a wrong type',
      '`orders_total` | counter',
      '`orders_total` | gauge',
      'orders_total is a counter, not a gauge',
    ],
  ] as const)
    test(`is faulted for ${what}`, () =>
      assert.deepEqual(metricFaults(page.replace(from, to), made), [`docs/metrics.md: ${fault}`]));
  test('cannot be held against a name that is computed', () => {
    const faults = unnamedMetrics('a.ts', 'metrics.gauge(nameOf(x), "…"); metrics.gauge(\'fine\', "…")');
    assert.deepEqual(faults, ['a.ts: a metric is named by nameOf(x), not by its name']);
  });
});

test('a query is faulted for a metric that nothing measures, not for labels, functions and process metrics', () => {
  const query =
    'histogram_quantile(0.9, sum by (http_route) (rate(lag_seconds_bucket{a_b="c_d"}[5m]))) + a:b_c';
  assert.deepEqual(unknownMetrics('q', query, made, new Set(['a:b_c'])), []);
  const wrong = 'rate(order_total[1m]) / nodejs_heap_size_used_bytes / orders_total_count';
  assert.deepEqual(unknownMetrics('q', wrong, made, new Set()), [
    'q: order_total is asked for, but nothing measures it',
    'q: orders_total_count is asked for, but nothing measures it',
  ]);
});

describe('alerts', () => {
  const runbook = 'docs/operations/runbooks/Late.md';
  const rule = `- alert: Late\n  expr: |\n          lag_seconds_count > 1\n  runbook: ${runbook}\n`;
  const whole = {
    rules: new Map([['r.yml', rule]]),
    tests: new Map([['t.yml', 'ALERTS{alertname="Late",alertstate="firing"}']]),
    dashboards: new Map([['d.json', '{"expr": "sum(orders_total{outcome=\\"a\\"})"}']]),
    pages: [runbook],
  };

  test('pass with a runbook and a test', () => assert.deepEqual(alertFaults(whole, made), []));
  test('are faulted without a runbook', () =>
    assert.deepEqual(alertFaults({ ...whole, pages: [] }, made), [
      `Late has no ${runbook}, or does not name it`,
    ]));
  test('are faulted without a test that sees them fire', () =>
    assert.deepEqual(alertFaults({ ...whole, tests: new Map() }, made), ['Late was never seen firing']));
  test('a runbook is faulted for an alert that is gone', () => {
    const pages = [...whole.pages, 'docs/operations/runbooks/Gone.md'];
    assert.deepEqual(alertFaults({ ...whole, pages }, made), [
      'docs/operations/runbooks/Gone.md is of no alert',
    ]);
  });
  test('a dashboard is faulted for a metric that is gone', () => {
    const dashboards = new Map([['d.json', '{"expr": "sum(gone_total)"}']]);
    assert.deepEqual(alertFaults({ ...whole, dashboards }, made), [
      'd.json: gone_total is asked for, but nothing measures it',
    ]);
  });
});
