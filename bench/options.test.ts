import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from './options.ts';

test('measures everything at length, unless told otherwise', () => {
  assert.equal(readOptions([]).parts.size, 5);
  assert.deepEqual([...readOptions(['--only', 'intake,looks']).parts], ['intake', 'looks']);
  assert.ok(readOptions(['--quick']).seconds < readOptions([]).seconds);
});

test('measures beside Restate at length, and in a hurry only when told', () => {
  assert.equal(readOptions([]).restate, true);
  assert.equal(readOptions(['--quick']).restate, false);
  assert.equal(readOptions(['--quick', '--restate']).restate, true);
  assert.equal(readOptions(['--stored', '1000']).restate, false);
  assert.throws(() => readOptions(['--stored', '1000', '--restate']), /leave --stored/);
});

test('refuses what it does not know, and names what there is', () => {
  assert.throws(() => readOptions(['--only', 'intakes']), /"intakes": take intake, gateway/);
  assert.throws(() => readOptions(['--stored', 'many']), /--stored many/);
  assert.throws(() => readOptions(['--quik']), /--quik/);
});
