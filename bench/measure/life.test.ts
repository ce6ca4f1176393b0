import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSustained } from './life.ts';

const inView = (missingAtEnd: number, lost = 0) => ({ ms: [], missingAtEnd, lost, allSeconds: 1 });

test('a rate is sustained while the view is less than a second behind', () => {
  assert.equal(isSustained(100, { others: {}, inView: inView(100) }), true);
  assert.equal(isSustained(100, { others: {}, inView: inView(101) }), false);
});

test('a rate at which orders are refused or lost is not sustained', () => {
  assert.equal(isSustained(100, { others: { 503: 1 }, inView: inView(0) }), false);
  assert.equal(isSustained(100, { others: {}, inView: inView(1, 1) }), false);
});
