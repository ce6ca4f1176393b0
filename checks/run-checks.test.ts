import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPlantedTree } from './planted-tree.ts';
import { runChecks } from './run-checks.ts';

const scripts = {
  sound: 'echo sound: ok, 3 files',
  faulty: "echo 'a.ts has no end' && exit 1",
};

test('says how each check went, shows what a failed one found, and sums up', async () => {
  const lines: string[] = [];
  const manifest = JSON.stringify({ name: 'planted', scripts });
  const tally = await withPlantedTree({ 'package.json': manifest }, (root) =>
    runChecks({ root, scripts: ['sound', 'faulty'], print: (line) => void lines.push(line) }),
  );
  assert.deepEqual(tally, { passed: 1, failed: 1 });
  assert.deepEqual(
    lines.map((line) => line.replace(/\d+\.\d s/, 'N s')),
    [
      '[1/2] ✓ sound (N s) sound: ok, 3 files',
      'a.ts has no end',
      '[2/2] ✗ faulty (N s) failed',
      '1 passed, 1 failed',
    ],
  );
});
