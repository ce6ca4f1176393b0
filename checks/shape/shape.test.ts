import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overTheLimits, percentile } from './limits.ts';
import { measure } from './measure.ts';
import { roomOf, roomTable } from './tables.ts';

const body = (lines: number) => 'step();\n'.repeat(lines);
const violationsOf = (file: string, text: string) => overTheLimits([measure(file, text)]).violations;

test('accepts a file of 400 lines and refuses one of 401', () => {
  assert.deepEqual(violationsOf('a.ts', body(400)), []);
  assert.deepEqual(violationsOf('a.ts', body(401)), ['a.ts has 401 lines (limit 400)']);
});

test('accepts a function of 50 lines and refuses one of 51, named with its line', () => {
  assert.deepEqual(violationsOf('a.ts', `function place() {\n${body(48)}}\n`), []);
  assert.deepEqual(violationsOf('a.ts', `\nconst place = () => {\n${body(49)}};\n`), [
    'a.ts:2 place has 51 lines (limit 50)',
  ]);
});

test('refuses a main.ts of 41 lines', () => {
  assert.deepEqual(violationsOf('services/app/src/main.ts', body(41)), [
    'services/app/src/main.ts has 41 lines (limit of a main.ts 40)',
  ]);
});

test('measures the tests in a describe, not the describe', () => {
  const text = `describe('orders', () => {\n${body(60)}test('is placed', () => {\n${body(3)}});\n});\n`;
  assert.deepEqual(
    measure('a.test.ts', text).functions.map(({ name, lines }) => [name, lines]),
    [["test 'is placed'", 5]],
  );
});

test('measures the tests of a suite that adapters share, not the list', () => {
  const text = `export function cases(open) {\n${body(60)}test('is placed', () => {\n${body(51)}});\n}\n`;
  assert.deepEqual(violationsOf('a.ts', text), ["a.ts:62 test 'is placed' has 53 lines (limit 50)"]);
});

test('counts lines that hold comments only', () => {
  const text = '/**\n * Places.\n */\nfunction place() {\n  // why\n  step(); // not this\n}\n';
  assert.equal(measure('a.ts', text).commentLines, 4);
});

test('takes percentiles as the value that the share does not exceed', () => {
  assert.equal(percentile([5, 1, 3, 2, 4, 6, 7, 8, 9, 10], 0.9), 9);
  assert.equal(percentile([], 0.5), 0);
});

test('shows one row per room between its title and the models', () => {
  const table = roomTable('sources', [
    measure('services/app/src/a.ts', body(3)),
    measure('contracts/src/b.ts', body(5)),
  ]);
  assert.deepEqual(
    table.map((line) => line.split(/ {2,}/)[0]),
    ['sources', 'services/app', 'contracts', 'all', 'the models'],
  );
  assert.equal(roomOf('packages/http/src/server.ts'), 'packages/http');
});
