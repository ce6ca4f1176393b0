import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';

/** What becomes of a process that starts a program and, so the script says, goes on. */
async function starting(program: string, script: string) {
  const folder = await temporaryFolder();
  const file = path.join(folder.path, 'program.mjs');
  await writeFile(file, program);
  const imports = `import { endChild, startChild } from ${JSON.stringify(path.join(import.meta.dirname, 'child.ts'))};`;
  const code = `${imports} const child = startChild(${JSON.stringify(file)}, {}); ${script}`;
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  await folder.remove();
  return done;
}

test('a program that ends by itself ends what is measured with it', async () => {
  const { status, stderr } = await starting('process.exit(3)', 'setInterval(() => undefined, 1_000)');
  assert.equal(status, 1);
  assert.match(stderr, /program\.mjs ended by itself \(3\)/);
});

test('a program that is ended does not', async () => {
  const { status, stderr } = await starting('setInterval(() => undefined, 1_000)', 'await endChild(child)');
  assert.deepEqual([status, stderr], [0, '']);
});
