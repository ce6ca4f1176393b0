import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { standardOutput } from './standard-output.ts';

const program = path.join(import.meta.dirname, '..', 'test', 'fixtures', 'log-much.ts');
const logMuch = (stdout: number | 'pipe') =>
  spawn(process.execPath, [program], { stdio: ['ignore', stdout, 'inherit'], timeout: 20_000 });
const codeOf = (child: ReturnType<typeof logMuch>) =>
  new Promise((resolve) => void child.once('exit', (code) => resolve(code)));

describe('a process that logs', () => {
  test('goes on and ends as it wants although the disk of its log is full', async () => {
    assert.equal(await codeOf(logMuch(openSync('/dev/full', 'w'))), 3);
  });

  test('goes on and ends as it wants although nobody reads its log any more', async () => {
    const child = logMuch('pipe');
    child.stdout?.once('data', () => child.stdout?.destroy());
    assert.equal(await codeOf(child), 3);
  });

  test('has every line written at its end', async () => {
    const child = logMuch('pipe');
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    await new Promise((resolve) => child.once('close', resolve));
    assert.equal(text.trim().split('\n').length, 2_000);
  });
});

describe('standard output', () => {
  const writing = (full: () => boolean) => {
    const written: string[] = [];
    const output = standardOutput((bytes) => {
      if (full()) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      const part = bytes.subarray(0, 3_000);
      written.push(part.toString());
      return part.length;
    });
    return { output, text: () => written.join('') };
  };
  const line = (index: number) => `${String(index).padStart(3)} ${'x'.repeat(195)}\n`;

  test('writes lines together, and after a tenth of a second', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { output, text } = writing(() => false);
    output.write(line(1));
    assert.equal(text(), '');
    t.mock.timers.tick(100);
    assert.equal(text(), line(1));
    for (let index = 0; index < 21; index++) output.write(line(index));
    assert.equal(text().split('\n').length - 1, 22);
  });

  test('goes on with what it kept once there is space again', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let isFull = true;
    const { output, text } = writing(() => isFull);
    for (let index = 0; index < 50; index++) output.write(line(index));
    t.mock.timers.tick(100);
    assert.equal(text(), '');
    isFull = false;
    t.mock.timers.tick(100);
    assert.equal(text(), Array.from({ length: 50 }, (_, index) => line(index)).join(''));
  });

  test('keeps a megabyte at most', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let isFull = true;
    const { output, text } = writing(() => isFull);
    for (let index = 0; index < 20_000; index++) output.write(line(index));
    isFull = false;
    t.mock.timers.tick(100);
    assert.ok(text().length > 1_000_000 && text().length < 1_060_000, String(text().length));
  });
});
