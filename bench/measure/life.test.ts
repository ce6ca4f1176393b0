import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSustained } from './life.ts';

const OFFERED_S = 20;
const inView = (allSeconds: number, lost = 0) => ({ ms: [], lost, allSeconds });

test('a rate counts while the view shows every order within a second of the last one', () => {
  assert.ok(isSustained({ others: {}, inView: inView(20.9) }, OFFERED_S));
  assert.ok(!isSustained({ others: {}, inView: inView(21.1) }, OFFERED_S));
  assert.ok(!isSustained({ others: {} }, OFFERED_S));
});

test('an order that was refused or lost spoils a rate', () => {
  assert.ok(!isSustained({ others: { 503: 1 }, inView: inView(20) }, OFFERED_S));
  assert.ok(!isSustained({ others: {}, inView: inView(20, 1) }, OFFERED_S));
});
