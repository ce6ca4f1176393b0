import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Tree, withPlantedTree } from '../planted-tree.ts';
import { inspectCleanliness } from './inspect.ts';
import { unwantedLines } from './unwanted-lines.ts';

/** Puts a text together at run time, so that the guard does not find it in this file. */
const text = (...parts: readonly string[]) => parts.join('');

describe('finds', () => {
  for (const [what, file, line] of [
    ["a path of someone's machine", 'docs/start.md', text('cd /', 'work/main')],
    ["a path of someone's machine", 'a.ts', text("const home = '/ho", "me/kim/phones';")],
    ["a path of someone's machine", 'a.sh', text('source /ro', 'ot/.env')],
    ["a path of someone's machine", 'a.json', text('"path": "/Us', 'ers/kim/phones"')],
    [
      'the host of a package registry',
      'package-lock.json',
      text('"resolved": "http', 's://example.org/a.tgz"'),
    ],
    ['the host of a package registry', '.npmrc', text('registry=http', 's://example.org')],
    ['the host of a package registry', 'README.md', text('see registry.', 'npmjs.org')],
    ['unfinished work', 'a.ts', text('// TO', 'DO: refund')],
    ['unfinished work', 'docs/a.md', text('FIX', 'ME')],
    ['unfinished work', 'a.sh', text('# X', 'XX')],
    ['a test that is skipped or singled out', 'a.test.ts', text('test.', "skip('refunds', () => {});")],
    ['a test that is skipped or singled out', 'a.test.ts', text('describe.', "only('refunds', () => {});")],
    [
      'a test that is skipped or singled out',
      'e2e/a.ts',
      text("test('refunds', { sk", 'ip: true }, () => {});'),
    ],
    ['a test that is skipped or singled out', 'a.test.ts', text('t.to', "do('later')")],
  ] as const) {
    test(`${what} in ${file}: ${line.length} characters`, () => {
      assert.deepEqual(unwantedLines(file, `first\n${line}\n`), [`${file}:2 has ${what}: ${line}`]);
    });
  }
});

test('lets through what only looks alike', () => {
  const alike = [
    "import { rootCause } from './root/cause.ts';",
    'https://example.org/work/orders',
    'cd "$folder/work/"',
    "const skip = list.skip(3); const todos = 'todolist';",
  ].join('\n');
  assert.deepEqual(unwantedLines('a.test.ts', alike), []);
});

const manifest = (more: object) => JSON.stringify({ name: 'planted', ...more });
const inStep: Tree = {
  'package.json': manifest({ workspaces: ['shop'], devDependencies: { tool: '1.2.3' } }),
  'shop/package.json': manifest({ dependencies: { paper: '2.0.0' } }),
  'package-lock.json': JSON.stringify({
    packages: {
      '': { devDependencies: { tool: '1.2.3' } },
      shop: { dependencies: { paper: '2.0.0' } },
      'node_modules/tool': { version: '1.2.3' },
      'node_modules/paper': { version: '2.0.0' },
    },
  }),
};
const violationsOf = async (tree: Tree) => (await withPlantedTree(tree, inspectCleanliness)).violations;

test('finds nothing in a small project in good order', async () => {
  assert.deepEqual(await violationsOf(inStep), []);
});

test('finds the lockfile that lags behind a manifest', async () => {
  const violations = await violationsOf({
    ...inStep,
    'shop/package.json': manifest({ dependencies: { paper: '2.1.0', ink: '1.0.0' } }),
  });
  assert.deepEqual(violations, [
    'shop/package.json wants paper 2.1.0, the lockfile 2.0.0',
    'shop/package.json wants ink 1.0.0, the lockfile undefined',
  ]);
});

test('finds the dependency that is not pinned', async () => {
  const [packageJson, lockfile] = [inStep['package.json'], inStep['package-lock.json']].map((json) =>
    (json as string).replaceAll('"tool":"1.2.3"', '"tool":"^1.0.0"'),
  ) as [string, string];
  assert.deepEqual(
    await violationsOf({ ...inStep, 'package.json': packageJson, 'package-lock.json': lockfile }),
    ['package.json does not pin tool: ^1.0.0 became 1.2.3'],
  );
});

test('finds a file of more than 400 lines, unless it is generated', async () => {
  const long = 'line\n'.repeat(401);
  assert.deepEqual(await violationsOf({ ...inStep, 'docs/a.md': long, 'contracts/generated/a.json': long }), [
    'docs/a.md has 401 lines (limit 400)',
  ]);
});
