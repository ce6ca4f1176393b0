import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { endOf, needs } from '@phone82/testkit';

needs('prometheus');

const FOLDER = path.resolve(import.meta.dirname, '..', 'deploy', 'observability', 'prometheus');

const promtool = (...words: string[]) => endOf(spawn('promtool', words, { cwd: FOLDER }));

test('Prometheus takes the configuration and the rules', async () => {
  const { code, stdout, stderr } = await promtool('check', 'config', 'prometheus.yml');
  assert.equal(code, 0, stdout + stderr);
});

test('each alert fires on what it is for, and not before', async () => {
  const tests = (await readdir(FOLDER)).filter((file) => file.endsWith('.test.yml'));
  const { code, stdout, stderr } = await promtool('test', 'rules', ...tests);
  assert.equal(code, 0, stdout + stderr);
});
