import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { systemFrom } from '../system.ts';
import { serviceKeys } from './service-keys.ts';

test('makes a key for each service that calls others, once, and shows the public parts alone', async (t) => {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const system = await systemFrom({ PHONE82_HOME: folder.path });
  const text = (name: string) => readFileSync(join(folder.path, 'keys', name), 'utf8');
  serviceKeys(system);
  const [own, shown] = [JSON.parse(text('app.jwk.json')), text('service-keys.json')];
  assert.equal(statSync(join(folder.path, 'keys', 'app.jwk.json')).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(JSON.parse(shown)), ['app', 'pay']);
  const [key] = JSON.parse(shown).app;
  assert.deepEqual([key.x, key.kid, key.d], [own.x, own.kid, undefined]);
  assert.equal(shown.includes(own.d), false);
  serviceKeys(system);
  assert.deepEqual([text('app.jwk.json'), text('service-keys.json')], [JSON.stringify(own), shown]);
});
