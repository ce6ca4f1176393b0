import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Tree, withPlantedTree } from '../planted-tree.ts';
import { readProjectFile } from '../source-files.ts';
import { findDeadCode } from './inspect.ts';

const shop: Tree = {
  'knip.json': readProjectFile('knip.json'),
  'package.json': JSON.stringify({
    name: 'planted',
    private: true,
    type: 'module',
    workspaces: ['packages/*', 'services/*'],
  }),
  'packages/prices/package.json': JSON.stringify({
    name: '@planted/prices',
    type: 'module',
    exports: './src/index.ts',
  }),
  'packages/prices/src/index.ts': 'export const price = 1;\n',
  'services/till/package.json': JSON.stringify({
    name: '@planted/till',
    type: 'module',
    dependencies: { '@planted/prices': '*' },
  }),
  'services/till/src/main.ts': "import { price } from '@planted/prices';\nconsole.log(price);\n",
};
const workspaces: Tree = { '@planted/prices': 'packages/prices' };
const violationsOf = async (tree: Tree) => (await withPlantedTree(tree, findDeadCode, workspaces)).violations;

test('finds nothing where everything is used', async () => {
  assert.deepEqual(await violationsOf(shop), []);
});

test('reports the unused export, file and dependency, and the undeclared one', async () => {
  const violations = await violationsOf({
    ...shop,
    'packages/prices/src/index.ts':
      'export const price = 1;\nexport const discount = 2;\nexport type Won = number;\n',
    'packages/prices/src/forgotten.ts': 'export const forgotten = 3;\n',
    'services/till/package.json': JSON.stringify({
      name: '@planted/till',
      type: 'module',
      dependencies: { '@planted/prices': '*', 'left-over': '1.0.0' },
    }),
    'services/till/src/main.ts':
      "import { price } from '@planted/prices';\nimport { missing } from 'undeclared';\nconsole.log(price, missing);\n",
  });
  assert.deepEqual(violations, [
    'dependency used but not declared: undeclared in services/till/src/main.ts',
    'no one imports the file: packages/prices/src/forgotten.ts',
    'unused dependency: left-over in services/till/package.json',
    'unused export: discount in packages/prices/src/index.ts',
  ]);
});
