import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSustained } from './life.ts';

/** A thousand orders that came into the view in this order. */
const inView = (msOf: (order: number) => number, lost = 0) => ({
  ms: Array.from({ length: 1_000 }, (_, order) => msOf(order)),
  lost,
  allSeconds: 20,
});
const taken = { good: 1_000, others: {} };

test('a rate counts while the view is no more than a second behind in the end', () => {
  assert.ok(isSustained({ ...taken, inView: inView(() => 990) }));
  assert.ok(!isSustained({ ...taken, inView: inView(() => 1_010) }));
  assert.ok(!isSustained({ ...taken, inView: inView((order) => 500 + 2 * order) }), 'it falls behind');
  assert.ok(
    isSustained({ ...taken, inView: inView((order) => (order < 600 ? 3_000 : 400)) }),
    'it caught up',
  );
  assert.ok(isSustained({ ...taken, inView: inView((order) => (order < 900 ? 400 : 3_000)) }), 'a pause');
  assert.ok(!isSustained(taken));
});

test('one refused order of a thousand is borne, more are not, and none may be lost', () => {
  const quick = inView(() => 400);
  assert.ok(isSustained({ good: 1_000, others: { 503: 1 }, inView: quick }));
  assert.ok(!isSustained({ good: 1_000, others: { 503: 1, 202: 1 }, inView: quick }));
  assert.ok(!isSustained({ ...taken, inView: inView(() => 400, 1) }));
});
