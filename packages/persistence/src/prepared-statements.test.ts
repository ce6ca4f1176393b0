import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namePrepared } from './prepared-statements.ts';

test('a statement gets a name when it came three times, and keeps it', () => {
  const nameOf = namePrepared();
  assert.deepEqual([nameOf('select 1'), nameOf('select 1')], [undefined, undefined]);
  const name = nameOf('select 1');
  assert.ok(name);
  assert.equal(nameOf('select 1'), name);
});

test('two statements never share a name', () => {
  const nameOf = namePrepared();
  const names = ['select 1', 'select 2'].map((text) => [1, 2, 3].map(() => nameOf(text)).at(-1));
  assert.equal(new Set(names).size, 2);
});

test('names run out before a server has to remember too many', () => {
  const nameOf = namePrepared();
  const names = Array.from({ length: 1_000 }, (_, n) => [1, 2, 3].map(() => nameOf(`select ${n}`)).at(-1));
  assert.equal(names.filter((name) => name !== undefined).length, 200);
});
