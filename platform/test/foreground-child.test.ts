import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, test } from 'node:test';

const program = path.join(import.meta.dirname, 'fixtures', 'run-in-foreground.ts');

/** A command that runs the child in place of itself; what the child prints comes out. */
const start = (...child: string[]) =>
  spawn(process.execPath, [program, ...child], { stdio: ['ignore', 'pipe', 'inherit'] });
const next = async (command: ChildProcess) =>
  String((await once(command.stdout as NonNullable<typeof command.stdout>, 'data'))[0]);

const TELLS_SIGNALS = `
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { console.log(signal); process.exit(5); });
  setInterval(() => undefined, 1_000);
  console.log('ready');`;

describe('what runs in place of a command', () => {
  for (const [sent, seen] of [
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGTERM'],
  ] as const)
    test(`gets ${sent} as ${seen}, and gives the exit code`, async () => {
      const command = start('-e', TELLS_SIGNALS);
      const ended = once(command, 'exit');
      assert.equal(await next(command), 'ready\n');
      command.kill(sent);
      assert.equal(await next(command), `${seen}\n`);
      assert.equal((await ended)[0], 5);
    });

  test('that is killed gives 128 and the signal', async () => {
    const command = start('-e', 'process.kill(process.pid, "SIGKILL")');
    assert.equal((await once(command, 'exit'))[0], 137);
  });

  test('is not begun if a signal came while it was prepared, which is undone', async () => {
    const command = start('--prepared', '-e', 'console.log("begun")');
    let text = '';
    command.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text === 'prepared\n') command.kill('SIGTERM');
    });
    assert.equal((await once(command, 'exit'))[0], 143);
    assert.equal(text, 'prepared\nundone\n');
  });
});
