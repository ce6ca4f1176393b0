import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { systemFrom } from '../system.ts';
import { keyFile } from './key-file.ts';

test('makes a key once, which nobody else can read', async (t) => {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const system = await systemFrom({ PHONE82_HOME: folder.path });
  const file = keyFile(system, 'session');
  const key = readFileSync(file, 'utf8');
  assert.equal(Buffer.from(key, 'base64').length, 32);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(readFileSync(keyFile(system, 'session'), 'utf8'), key);
  assert.notEqual(readFileSync(keyFile(system, 'other'), 'utf8'), key);
});
