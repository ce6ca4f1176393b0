import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withPlantedTree } from '../planted-tree.ts';
import { inspectArchitecture, unseen } from './inspect.ts';
import { healthyTree, plantedViolations, violatingTree, workspaces } from './planted-violations.ts';
import { rules } from './rules.ts';

const violationsOf = async (tree: typeof healthyTree) =>
  (await withPlantedTree(tree, inspectArchitecture, workspaces)).violations;

test('finds nothing in a project that keeps the arrows', async () => {
  assert.deepEqual(await violationsOf(healthyTree), []);
});

describe('in a project with planted violations', async () => {
  const violations = await violationsOf(violatingTree);
  const brokenBy = (file: string) =>
    violations.filter((line) => line.includes(`: ${file} →`)).map((line) => line.split(':')[0] as string);

  for (const { file, imports, breaks } of plantedViolations) {
    test(`${breaks.join(' and ')} fires when ${file} imports ${imports}`, () => {
      assert.deepEqual(brokenBy(file).sort(), [...breaks].sort());
    });
  }

  test('every rule has a planted violation', () => {
    const planted = new Set(plantedViolations.flatMap(({ breaks }) => breaks));
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !planted.has(name as string)),
      [],
    );
  });

  test('nothing but the planted files is blamed', () => {
    const files = new Set(plantedViolations.map(({ file }) => file));
    assert.deepEqual(
      violations.filter((line) => !files.has(line.replace(/^\S+ (\S+) .*$/, '$1'))),
      [],
    );
  });
});

test('a tool that sees no files, or not the imports by workspace name, is no clean bill', async () => {
  const file = 'packages/messaging/src/inside.ts';
  const seesOnlyFiles = [{ source: file, dependencies: [], dependents: [], valid: true }];
  await withPlantedTree(healthyTree, (root) => {
    assert.deepEqual(unseen([], [file], root), [`not-seen: ${file} (the tool passed over the file)`]);
    assert.deepEqual(unseen(seesOnlyFiles, [file], root), [
      `not-seen: ${file} → @phone82/contracts (the tool passed over the import)`,
    ]);
  });
});
