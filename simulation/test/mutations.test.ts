import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hunt } from '../src/mutations/hunt-all.ts';
import { staleness } from '../src/mutations/mutation.ts';
import { mutations } from '../src/mutations/mutations.ts';

const limits = { mostSeeds: 200, timeoutMs: 120_000 };

test('every bug of the list can still be planted, under a name of its own', () => {
  const stale = mutations.flatMap((mutation) => staleness(mutation) ?? []);
  assert.deepEqual(stale, []);
  assert.equal(new Set(mutations.map(({ name }) => name)).size, mutations.length);
  assert.ok(mutations.length >= 30);
});

test('a planted bug is found, at a seed that finds it again', async () => {
  const name = 'a call that was not sent counts as paid';
  const mutation = mutations.find((each) => each.name === name);
  assert.ok(mutation);
  const [first, again] = [await hunt(mutation, limits), await hunt(mutation, limits)];
  assert.equal(first.kind, 'found');
  assert.deepEqual(again, first);
});

test('a bug that is not in the source any more is told, not passed over', async () => {
  const gone = { name: 'gone', file: 'services/app/src/service.ts', find: 'no such text', replace: '' };
  const { kind } = await hunt(gone, limits);
  assert.equal(kind, 'stale');
});
