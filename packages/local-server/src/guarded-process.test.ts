import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const STARTER = path.join(import.meta.dirname, '..', 'test', 'fixtures', 'start-and-die.ts');

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return !/\) Z /.test(state);
  } catch {
    return false;
  }
}

test('a server that does not listen to its signal is ended when its starter is gone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'phone82-guarded-'));
  const starter = promisify(execFile)(process.execPath, [STARTER, path.join(folder, 'log')]);
  // It kills itself, so that no handler of its own can end the server.
  const { stdout } = await starter.catch((killed: { stdout: string }) => killed);
  const pid = Number(stdout);
  const deadline = Date.now() + 60_000;
  while (await isAlive(pid)) {
    assert.ok(Date.now() < deadline, 'it lives on');
    await delay(50);
  }
  await rm(folder, { recursive: true });
});
