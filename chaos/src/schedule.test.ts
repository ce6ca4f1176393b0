import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from './faults/catalogue.ts';
import { schedule } from './schedule.ts';
import { chanceFrom } from './seeded-chance.ts';

const count = catalogue.flat().length;
function drawn(seed: number, many: number) {
  const faults = schedule({ catalogue, chance: chanceFrom(seed), shortestMs: 5_000, longestMs: 30_000 });
  return Array.from({ length: many }, () => {
    const { fault, forMs } = faults.next().value;
    return { kind: fault.kind, name: fault.name, forMs };
  });
}

test('every fault comes once before any comes again', () => {
  const names = drawn(1, 2 * count).map(({ name }) => name);
  assert.equal(new Set(names.slice(0, count)).size, count);
  assert.equal(new Set(names.slice(count)).size, count);
});

test('a few faults are of every kind', () => {
  assert.equal(new Set(drawn(1, catalogue.length).map(({ kind }) => kind)).size, catalogue.length);
});

test('a seed draws the same faults again, another one draws others', () => {
  assert.deepEqual(drawn(7, 50), drawn(7, 50));
  assert.notDeepEqual(drawn(7, 50), drawn(8, 50));
});

test('a fault lasts from 5 to 30 seconds', () => {
  const times = drawn(3, 200).map(({ forMs }) => forMs);
  assert.ok(Math.min(...times) >= 5_000 && Math.min(...times) < 7_000);
  assert.ok(Math.max(...times) <= 30_000 && Math.max(...times) > 28_000);
});
