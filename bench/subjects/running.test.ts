import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

/** What becomes of a benchmark that begins systems by these names and then does something. */
function begun(names: readonly string[], then: string) {
  const code = `
    import { runUntilInterrupted } from ${JSON.stringify(path.join(import.meta.dirname, 'running.ts'))};
    const running = runUntilInterrupted();
    const stops = {
      whole: async () => console.log('whole stopped'),
      stuck: async () => { throw new Error('can not be stopped'); },
    };
    for (const name of ${JSON.stringify(names)}) await running.begin(async () => ({ stop: stops[name] }));
    const staysUp = setInterval(() => undefined, 1_000);
    ${then}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 20_000,
  });
}

test('what goes wrong and is nobody’s to catch ends the systems, then the benchmark', () => {
  const { status, stdout, stderr } = begun(
    ['whole'],
    "setTimeout(() => { throw new Error('a part is gone'); })",
  );
  assert.deepEqual([status, stdout], [1, 'whole stopped\n']);
  assert.match(stderr, /a part is gone/);
});

test('an interrupt does as well, and what fails meanwhile does not cut it short', () => {
  const { status, stdout } = begun(
    ['whole'],
    "process.kill(process.pid, 'SIGINT'); setTimeout(() => { throw new Error('lost'); })",
  );
  assert.deepEqual([status, stdout], [1, 'whole stopped\n']);
});

test('a system that can’t be stopped keeps no other running', () => {
  const { status, stdout, signal } = begun(['stuck', 'whole'], "process.kill(process.pid, 'SIGINT')");
  assert.deepEqual([signal, status, stdout], [null, 1, 'whole stopped\n']);
});
