import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const program = join(import.meta.dirname, 'fixtures', 'run-tally.ts');

test('a service without its settings names each one in a single line of its log, and ends with 1', async () => {
  const env = { PATH: process.env.PATH, PORT: 'many', LOG_LEVEL: 'loud', CLERK_URL: 'ftp://clerk' };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve) => void child.on('close', resolve));
  assert.equal(code, 1);
  const lines = printed.trim().split('\n');
  assert.equal(lines.length, 1, printed);
  const { level, service, msg } = JSON.parse(lines[0] ?? '');
  assert.deepEqual([level, service], ['error', 'tally']);
  for (const key of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'BUS_URL', 'CLERK_URL'])
    assert.match(msg, new RegExp(`- ${key}`));
});
