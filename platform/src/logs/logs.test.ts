import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { readLogLine } from './format.ts';
import { rotateAll } from './rotation.ts';
import { lastLines, linesAfter } from './tail.ts';

describe('a log file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'phone82-logs-'));
    file = path.join(folder, 'app.log');
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('gives its last whole lines, however long the file is', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `line ${n}`);
    await writeFile(file, `${lines.join('\n')}\nunfinished`);
    assert.deepEqual((await lastLines(file, 2)).lines, ['line 19998', 'line 19999']);
    assert.equal((await lastLines(file, 15_000)).lines.length, 15_000);
  });

  test('gives what came later, once it is a whole line', async () => {
    await writeFile(file, 'one\ntw');
    const { end } = await lastLines(file, 10);
    assert.deepEqual((await linesAfter(file, end)).lines, []);
    await appendFile(file, 'o\nthree\n');
    assert.deepEqual((await linesAfter(file, end)).lines, ['two', 'three']);
  });

  test('is read from its beginning after it was emptied', async () => {
    await writeFile(file, 'a long first line\n');
    const { end } = await lastLines(file, 10);
    await writeFile(file, 'new\n');
    assert.deepEqual((await linesAfter(file, end)).lines, ['new']);
  });

  test('gives nothing when it is not there', async () => {
    assert.deepEqual(await lastLines(file, 10), { lines: [], end: 0 });
  });

  test('is cut when it is too large, and two older parts are kept', async () => {
    for (const text of ['first', 'second', 'third', 'fourth']) {
      await appendFile(file, text);
      await rotateAll(folder, 5);
    }
    assert.equal(await readFile(file, 'utf8'), '');
    assert.equal(await readFile(`${file}.1`, 'utf8'), 'fourth');
    assert.equal(await readFile(`${file}.2`, 'utf8'), 'third');
  });
});

describe('a line of a log', () => {
  test('shows time, service, level, message and the other fields', () => {
    const time = new Date('2026-01-02T03:04:05.006').getTime();
    const line = JSON.stringify({ level: 40, time, service: 'pay', msg: 'breaker opened', orderId: 7 });
    assert.equal(readLogLine('pay', line, 5).text, '03:04:05.006 pay   warn  breaker opened orderId=7');
  });

  test('that is no JSON stays as it is', () => {
    assert.equal(readLogLine('pay', '    at main.ts:1', 3).text, `${' '.repeat(12)} pay     at main.ts:1`);
  });

  test('of PostgreSQL is placed by its own time, which is UTC', () => {
    const { time } = readLogLine('postgres', '2026-11-22 18:01:41.914 UTC [1] LOG:  ready');
    assert.equal(time, Date.UTC(2026, 10, 22, 18, 1, 41, 914));
  });
});
