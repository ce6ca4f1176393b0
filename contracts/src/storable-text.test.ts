import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { STORABLE_PATTERN, storable } from './storable-text.ts';

test('whatever a text holds, what is stored of it is short enough and fits the contract', () => {
  const pattern = new RegExp(STORABLE_PATTERN, 'u');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), (text, most) => {
      const stored = storable(`${text}\0\ud800${text}`, most);
      assert.match(stored, pattern);
      assert.ok(stored.length <= most);
    }),
  );
});

test('a text that every database takes stays as it is', () => {
  for (const text of ['', '주문 😀', 'line\nfeed']) assert.equal(storable(text, 64), text);
});
