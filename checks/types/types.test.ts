import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Tree, withPlantedTree } from '../planted-tree.ts';
import { readProjectFile } from '../source-files.ts';
import { checkTypes } from './inspect.ts';

/** The project's own settings, without the type packages that a planted project has not installed. */
const settings = JSON.parse(readProjectFile('tsconfig.json')) as {
  compilerOptions: object;
  include: string[];
};
const tsconfig = JSON.stringify({ ...settings, compilerOptions: { ...settings.compilerOptions, types: [] } });
const project: Tree = {
  'tsconfig.json': tsconfig,
  'package.json': JSON.stringify({ type: 'module' }),
  'contracts/src/price.ts': 'export const price: number = 1;\n',
};
const violationsOf = async (tree: Tree) => (await withPlantedTree(tree, checkTypes)).violations;

test('finds nothing in sources whose types fit', async () => {
  assert.deepEqual(await violationsOf(project), []);
});

test('finds a wrong type, what Node cannot strip, and a source that the settings leave out', async () => {
  const violations = await violationsOf({
    ...project,
    'contracts/src/price.ts': "export const price: number = 'one';\nexport enum Color { Red }\n",
    'elsewhere/src/forgotten.ts': 'export const forgotten = 1;\n',
  });
  assert.deepEqual(
    violations.map((line) => line.replace(/(TS\d+):.*/, '$1')),
    [
      'contracts/src/price.ts(1,14): error TS2322',
      'contracts/src/price.ts(2,13): error TS1294',
      'elsewhere/src/forgotten.ts is not type-checked',
    ],
  );
});
