import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type Tree, withPlantedTree } from '../planted-tree.ts';

const runner = pathToFileURL(join(import.meta.dirname, 'run-test-files.ts')).href;
const header = "import test, { describe } from 'node:test';\n";
const passing = `${header}describe('group', () => { test('holds', () => {}); });\n`;
// Written in two parts, or the guard against such tests would find them here.
const without = (word: string, title: string) => `${header}test.${word}('${title}', () => {});\n`;

/** Runs planted tests in a process of its own: node:test refuses to run inside a test. */
async function run(
  tests: Tree,
  limits: object = {},
  settings: NodeJS.ProcessEnv = {},
): Promise<{ lines: string[]; tally: unknown }> {
  return withPlantedTree({ 'package.json': '{"type":"module"}', ...tests }, (root) => {
    const script = join(root, 'run.ts');
    const text = `import { runTestFiles } from '${runner}';
      const lines = [];
      const print = (line) => lines.push(line);
      const { passed, failed } = await runTestFiles({ globs: ['**/*.test.ts'], root: ${JSON.stringify(root)}, print, ...${JSON.stringify(limits)} });
      console.log(JSON.stringify({ lines, tally: { passed, failed } }));`;
    writeFileSync(script, text);
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined, CI: '', PHONE82_CLIENTS: '', ...settings };
    const child = spawnSync(process.execPath, [script], {
      env,
      encoding: 'utf8',
    });
    assert.equal(child.status, 0, child.stderr);
    return JSON.parse(child.stdout) as { lines: string[]; tally: unknown };
  });
}

test('counts the tests, not the groups, and ends with the totals', async () => {
  const { lines, tally } = await run({ 'a.test.ts': passing, 'inside/b.test.ts': passing });
  assert.deepEqual(tally, { passed: 2, failed: 0 });
  assert.equal(lines.at(0), '2 test files, 2 at a time');
  assert.match(lines[1] as string, /^✓ (a|inside\/b)\.test\.ts: 1 of 1 \(\d\.\d s\)$/);
  assert.equal(lines.at(-1), '2 passed, 0 failed');
});

test('fails and names the test when one fails, once, with its reason', async () => {
  const { lines, tally } = await run({
    'a.test.ts': `${header}describe('group', () => { test('breaks', () => { throw new Error('no stock'); }); });\n`,
  });
  assert.deepEqual(tally, { passed: 0, failed: 1 });
  assert.match(lines.join('\n'), /✗ a\.test\.ts:2 breaks\n {4}Error: no stock/);
});

test('fails when a file cannot be loaded, and shows why', async () => {
  const { lines, tally } = await run({ 'a.test.ts': "throw new Error('cannot start');\n" });
  assert.deepEqual(tally, { passed: 0, failed: 1 });
  assert.match(lines.join('\n'), /✗ a\.test\.ts\n.*Error: cannot start/s);
});

test('fails when no test ran', async () => {
  assert.deepEqual(await run({}), {
    lines: ['✗ no test file is there: nothing is proved', '0 passed, 1 failed'],
    tally: { passed: 0, failed: 1 },
  });
});

test('fails and names the file that holds no test', async () => {
  const { lines, tally } = await run({ 'a.test.ts': passing, 'b.test.ts': header });
  assert.deepEqual(tally, { passed: 1, failed: 1 });
  assert.match(lines.join('\n'), /✗ b\.test\.ts\n {4}holds no test/);
});

for (const [word, says] of [
  ['skip', 'skipped'],
  ['todo', 'marked as still to do'],
] as const) {
  test(`fails and names the test that is ${says}`, async () => {
    const { lines, tally } = await run({ 'a.test.ts': passing, 'b.test.ts': without(word, 'later') });
    assert.deepEqual(tally, { passed: 1, failed: 1 });
    assert.match(lines.join('\n'), new RegExp(`✗ b\\.test\\.ts:2 later\n {4}${says}`));
  });
}

test('names the file that hangs while it runs, and fails it in the end', async () => {
  const hangs = `${header}test('waits', () => new Promise(() => setInterval(() => {}, 1_000)));\n`;
  const { lines, tally } = await run(
    { 'b.test.ts': hangs },
    { fileTimeoutMs: 1_500, nameRunningEveryMs: 400 },
  );
  assert.deepEqual(tally, { passed: 0, failed: 1 });
  assert.match(lines.join('\n'), /… running: .*b\.test\.ts \(\d s\)/);
  assert.match(lines.join('\n'), /✗ b\.test\.ts\n {4}did not end in time/);
});

const withoutPrograms = { PATH: '/no/programs' };
const needing = `${header}needs('maven', 'siege');\ntest('never runs', () => {});\nfunction needs() {}\n`;
const group = `${header}describe('on Kafka', { ['skip']: 'needs java' }, () => { test('never runs', () => {}); });\n`;

test('passes without a program, does not start the file, and names it with the command that enables it', async () => {
  const tests = { 'a.test.ts': passing, 'b.test.ts': needing };
  const { lines, tally } = await run(tests, {}, withoutPrograms);
  assert.deepEqual(tally, { passed: 1, failed: 0 });
  assert.deepEqual(lines.slice(-4), [
    '1 suite did not run: this machine lacks maven, siege',
    '  - b.test.ts: needs maven, siege',
    'to run them too: apt-get install -y maven siege',
    '1 passed, 0 failed',
  ]);
});

test('names a group of a file that did not run', async () => {
  const { lines, tally } = await run({ 'a.test.ts': passing + group.slice(header.length) });
  assert.deepEqual(tally, { passed: 1, failed: 0 });
  assert.match(lines.join('\n'), /1 suite did not run.*java\n {2}- a\.test\.ts, "on Kafka": needs java\n/);
});

for (const settings of [{ CI: 'true' }, { PHONE82_CLIENTS: 'required' }])
  test(`fails for each suite that lacks a program with ${Object.entries(settings).join().replace(',', '=')}`, async () => {
    const tests = { 'a.test.ts': passing, 'b.test.ts': needing, 'c.test.ts': group };
    const { lines, tally } = await run(tests, {}, { ...withoutPrograms, ...settings });
    assert.deepEqual(tally, { passed: 1, failed: 2 });
    assert.match(lines.join('\n'), /✗ b\.test\.ts\n {4}needs maven, siege: apt-get install -y maven siege/);
    assert.match(lines.join('\n'), /✗ c\.test\.ts, "on Kafka"\n {4}needs java: apt-get install/);
  });
