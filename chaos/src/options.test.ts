import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.ts';

test('a short run has short faults, a long one the whole range, unless it is told otherwise', () => {
  assert.equal(readOptions([]).longestMs, 7_000);
  assert.equal(readOptions(['--minutes', '40']).longestMs, 30_000);
  assert.equal(readOptions(['--minutes', '40', '--longest', '10']).longestMs, 10_000);
});

test('what is not known, or not a usable number, is refused', () => {
  assert.throws(() => readOptions(['--minute', '3']), /--minute/);
  assert.throws(() => readOptions(['--rate', 'many']), /--rate many is not usable/);
  assert.throws(() => readOptions(['--longest', '1']), /--longest 1 is not usable/);
});
