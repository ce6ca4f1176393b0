import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';

const program = join(import.meta.dirname, 'fixtures', 'process-with-two-components.ts');

/** Runs the program, does something to it once it has started, and tells how it ended. */
async function run(
  options: { how?: string; supervised?: boolean },
  act: (child: ChildProcess) => void = () => undefined,
): Promise<{ code: number | null; lines: string[] }> {
  const { how = 'well', supervised = false } = options;
  const env = { ...process.env, PHONE82_SUPERVISED: supervised ? '1' : '' };
  const child = spawn(process.execPath, [program, how], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    if (!printed.includes('started') && `${printed}${chunk}`.includes('started')) act(child);
    printed += chunk;
  });
  const code = await new Promise<number | null>((resolve) => void child.on('close', resolve));
  return { code, lines: printed.trim().split('\n') };
}

describe('a process', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    test(`stops its parts on ${signal}, the last one first, and ends well`, async () => {
      const { code, lines } = await run({}, (child) => child.kill(signal));
      assert.equal(code, 0);
      assert.deepEqual(lines, ['started', `stopping {"why":"${signal}"}`, 'second stops', 'first stops']);
    });

  test('that is told twice stops once', async () => {
    const { code, lines } = await run({}, (child) => {
      child.kill('SIGTERM');
      child.kill('SIGINT');
    });
    assert.equal(code, 0);
    assert.equal(lines.filter((line) => line === 'first stops').length, 1);
  });

  test('stops when its supervisor is gone', async () => {
    const { code, lines } = await run({ supervised: true }, (child) => child.stdin?.end());
    assert.equal(code, 0);
    assert.equal(lines[1], 'stopping {"why":"the supervisor is gone"}');
  });

  test('without a supervisor does not care about its standard input', async () => {
    const { lines } = await run({}, (child) => {
      child.stdin?.end();
      setTimeout(() => child.kill('SIGTERM'), 100);
    });
    assert.equal(lines[1], 'stopping {"why":"SIGTERM"}');
  });

  test('stops the other parts where one can not stop, and says which', async () => {
    const { code, lines } = await run({ how: 'stubborn' }, (child) => child.kill('SIGTERM'));
    assert.equal(code, 0);
    assert.deepEqual(
      lines.filter((line) => line.endsWith('stops')),
      ['second stops', 'first stops'],
    );
    assert.ok(lines.some((line) => line.startsWith('did not stop cleanly') && line.includes('second')));
  });

  test('that can not start says why, and ends with 1', async () => {
    const { code, lines } = await run({ how: 'broken' });
    assert.equal(code, 1);
    assert.match(lines.join(), /^DATABASE_URL is missing/);
  });

  test('that refuses to start says what to decide, and ends with 78', async () => {
    const { code, lines } = await run({ how: 'refusing' });
    assert.equal(code, 78);
    assert.match(lines.join(), /^The database is empty/);
  });
});
