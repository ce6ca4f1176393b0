import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../load/load.ts';
import { figuresOf, pooled, spreadOf } from './figures.ts';

const round: Outcome = {
  seconds: 2,
  good: 4,
  others: { 503: 1 },
  answeredMs: [1, 2, 3, 4],
  ids: [1, 2, 3, 4],
  senderLateMs: 1,
  inView: { ms: [10, 20, 30, 40], lost: 0, allSeconds: 4 },
};
const costs = { cpuMs: { app: 1 }, memory: { rssMb: 1, pssMb: 1 } };

test('a spread holds values that were seen, and zeros of none', () => {
  assert.deepEqual(spreadOf([4, 1, 3, 2]), { p50: 3, p99: 4, p999: 4, max: 4 });
  assert.deepEqual(spreadOf([]), { p50: 0, p99: 0, p999: 0, max: 0 });
});

test('two rounds add up to one', () => {
  const both = figuresOf(pooled([round, { ...round, others: { 503: 1, UND_ERR_SOCKET: 2 } }]), costs);
  assert.deepEqual([both.perSecond, both.view?.perSecond], [2, 1]);
  assert.ok(Math.abs(both.availability - 66.67) < 0.01);
});
