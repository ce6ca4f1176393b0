import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlantedTree } from '../planted-tree.ts';
import { listTests } from './list-tests.ts';
import { isQuick } from './quick.ts';
import { findTestFiles } from './test-file.ts';

const EVERY = ['**/*.test.ts'];

test('the longest file starts first, one without a duration in the middle, one that runs alone last', () =>
  withPlantedTree(
    {
      'a.test.ts': '',
      'b.test.ts': '',
      'long.test.ts': '',
      'new.test.ts': '',
      'timed.test.ts': "runsAlone('measures time');",
      'node_modules/other/x.test.ts': '',
    },
    (root) => {
      const durations = { 'a.test.ts': 1, 'b.test.ts': 2, 'long.test.ts': 30, 'timed.test.ts': 90 };
      const files = findTestFiles({ globs: EVERY, root }, { ...durations, 'gone.test.ts': 3 });
      assert.deepEqual(
        files.map(({ path }) => path),
        ['long.test.ts', 'new.test.ts', 'b.test.ts', 'a.test.ts', 'timed.test.ts'],
      );
    },
  ));

test('what a file declares in its source is read, and not what it plants in a string', () =>
  withPlantedTree(
    {
      'e2e/a.test.ts':
        "import { newSystem } from './x.ts';\n\nneeds('java', 'maven');\nconst system = await newSystem();\n",
      'b.test.ts': "const planted = `needs('java');`;\n",
    },
    (root) => {
      const [b, a] = findTestFiles({ globs: EVERY, root }, {}) as [File, File];
      assert.deepEqual([a.programs, a.startsSystem, isQuick(a)], [['java', 'maven'], true, false]);
      assert.deepEqual([b.programs, b.startsSystem, isQuick(b)], [[], false, true]);
    },
  ));
type File = ReturnType<typeof findTestFiles>[number];

test('the titles of all tests are listed, and none of them runs', () =>
  withPlantedTree(
    {
      'package.json': '{"type":"module"}',
      'a.test.ts': `import { before, describe, test } from 'node:test';
        before(() => process.exit(9));
        describe('a group', () => { for (const it of [1, 2]) test('title ' + it, () => process.exit(9)); });`,
      'b.test.ts': "import test from 'node:test';\ntest('alone', { timeout: 1 }, () => process.exit(9));",
    },
    async (root) => {
      const lines: string[] = [];
      await listTests({ globs: EVERY, root, print: (line) => lines.push(line) });
      assert.deepEqual(lines, [
        'a.test.ts › a group › title 1',
        'a.test.ts › a group › title 2',
        'b.test.ts › alone',
      ]);
    },
  ));
