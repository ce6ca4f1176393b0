import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { systemFrom } from '../system.ts';
import { serviceKeyFile, serviceKeysFile } from './service-keys.ts';

test('makes a key for each service that calls others, once, and shows the public parts alone', async (t) => {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const system = await systemFrom({ PHONE82_HOME: folder.path });
  const own = JSON.parse(readFileSync(serviceKeyFile(system, 'app'), 'utf8'));
  const shown = readFileSync(serviceKeysFile(system), 'utf8');
  assert.equal(statSync(serviceKeyFile(system, 'app')).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(JSON.parse(shown)), ['app', 'pay']);
  const [key] = JSON.parse(shown).app;
  assert.deepEqual([key.x, key.kid, key.d], [own.x, own.kid, undefined]);
  assert.equal(shown.includes(own.d), false);
  assert.equal(readFileSync(serviceKeysFile(system), 'utf8'), shown, 'the second time the same');
});
