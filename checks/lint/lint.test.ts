import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Tree, withPlantedTree } from '../planted-tree.ts';
import { runTool } from '../run-tool.ts';
import { readProjectFile } from '../source-files.ts';

const settings = { ...JSON.parse(readProjectFile('biome.json')), vcs: { enabled: false } } as object;

async function lint(files: Tree) {
  const tree = { 'biome.json': JSON.stringify(settings), ...files };
  return withPlantedTree(tree, (root) =>
    runTool('@biomejs/biome/bin/biome', ['lint', '--error-on-warnings', '--colors=off', '.'], root),
  );
}

test('accepts a source in good style', async () => {
  const { code, stderr } = await lint({ 'a.ts': 'export const price = 1;\n' });
  assert.equal(code, 0, stderr);
});

test('refuses an any, an unused import and a value import of a type', async () => {
  const { code, stderr, stdout } = await lint({
    'a.ts':
      "import { gone } from './b.ts';\nimport { Kind } from './b.ts';\nexport const a: any = 1 as Kind;\n",
    'b.ts': 'export type Kind = number;\nexport const gone = 1;\n',
  });
  assert.equal(code, 1);
  for (const rule of ['noExplicitAny', 'noUnusedImports', 'useImportType']) {
    assert.match(stderr + stdout, new RegExp(rule));
  }
});
