import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';

const program = join(import.meta.dirname, 'fixtures', 'process-at-failpoint.ts');

/** Runs a process that reaches the failpoint, and tells what became of it. */
async function reach(folder: string | undefined) {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PHONE82_FAILPOINTS: folder ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('close', (_code, by) => resolve(by)),
  );
  return { pid: child.pid, signal, wentOn: printed.includes('went on') };
}

describe('a failpoint', () => {
  let folder: string;
  const arm = (name: string) => writeFile(join(folder, name), '');
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'failpoints-'));
  });
  beforeEach(async () => {
    for (const name of await readdir(folder)) await rm(join(folder, name));
  });
  after(() => rm(folder, { recursive: true }));

  test('that is armed kills the process that reaches it, and leaves its name', async () => {
    await arm('http-before-reply');
    const { pid, signal, wentOn } = await reach(folder);
    assert.deepEqual([signal, wentOn], ['SIGKILL', false]);
    assert.deepEqual(await readdir(folder), [`http-before-reply.${pid}`]);
  });

  test('strikes one process only, of several that reach it', async () => {
    await arm('http-before-reply');
    const reached = await Promise.all([reach(folder), reach(folder), reach(folder)]);
    assert.equal(reached.filter(({ signal }) => signal === 'SIGKILL').length, 1);
    assert.equal(reached.filter(({ wentOn }) => wentOn).length, 2);
  });

  test('that is not armed lets the process go on', async () => {
    await arm('relay-before-publish');
    assert.equal((await reach(folder)).wentOn, true);
    assert.deepEqual(await readdir(folder), ['relay-before-publish']);
  });

  test('does nothing where no folder is named', async () => {
    assert.equal((await reach(undefined)).wentOn, true);
  });
});
