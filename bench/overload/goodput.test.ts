import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goodput, judge, quantile } from './goodput.ts';
import type { Outcome } from './load.ts';

const SECONDS = 10;

const outcome = (changes: Partial<Outcome> = {}): Outcome => ({
  sent: 2_000,
  createdMs: Array(900).fill(200),
  refusedMs: Array(1_100).fill(3),
  refusedWithoutPause: 0,
  others: {},
  senderLateMs: 2,
  ...changes,
});

test('only what is answered in time counts', () => {
  assert.equal(goodput(outcome({ createdMs: [10, 999, 1_000, 1_001, 9_000] }), 1), 3);
});

test('a quantile is a value that was seen', () => {
  assert.equal(quantile([5, 1, 4, 2, 3], 0.5), 3);
  assert.equal(quantile([1, 2], 0.99), 2);
  assert.equal(quantile([], 0.99), 0);
});

describe('a service at twice its capacity', () => {
  test('that serves most of it in time and turns the rest away is sound', () => {
    assert.deepEqual(judge(100, outcome(), SECONDS), { ratio: 0.9, faults: [] });
  });

  for (const [what, changes] of [
    ['serves too few', { createdMs: Array(790).fill(200) }],
    ['serves them too late', { createdMs: Array(900).fill(1_500) }],
    ['was never overloaded', { refusedMs: [] }],
    ['does not say when to come back', { refusedWithoutPause: 1 }],
    ['answers with errors', { others: { 500: 1 } }],
    ['drops connections', { others: { UND_ERR_SOCKET: 3 } }],
    ['is watched by a sender that cannot keep up', { senderLateMs: 400 }],
  ] as const)
    test(`that ${what} is not`, () => {
      assert.equal(judge(100, outcome(changes), SECONDS).faults.length, 1);
    });

  test('may leave an outcome open', () => {
    assert.deepEqual(judge(100, outcome({ others: { 202: 4 } }), SECONDS).faults, []);
  });

  test('whose capacity was not found is not sound', () => {
    assert.ok(judge(0, outcome(), SECONDS).faults.length > 0);
  });
});
