import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { systemFrom } from '../system.ts';
import { createSecrets } from './secrets.ts';

async function setting(t: { after(undo: () => Promise<void>): void }) {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const system = await systemFrom({ PHONE82_HOME: folder.path });
  const file = (name: string) => join(folder.path, 'keys', name);
  await createSecrets(system);
  return { system, file, text: (name: string) => readFileSync(file(name), 'utf8') };
}

test('makes a key once, which nobody else can read', async (t) => {
  const { system, file, text } = await setting(t);
  const key = text('session.key');
  assert.equal(Buffer.from(key, 'base64').length, 32);
  assert.equal(statSync(file('session.key')).mode & 0o777, 0o600);
  await createSecrets(system);
  assert.equal(text('session.key'), key);
  assert.notEqual(text('identity-client'), key);
});

test('makes a key for each service that calls others, once, and shows the public parts alone', async (t) => {
  const { system, file, text } = await setting(t);
  const [own, shown] = [JSON.parse(text('app.jwk.json')), text('service-keys.json')];
  assert.equal(statSync(file('app.jwk.json')).mode & 0o777, 0o600);
  assert.deepEqual(Object.keys(JSON.parse(shown)), ['app', 'pay']);
  const [key] = JSON.parse(shown).app;
  assert.deepEqual([key.x, key.kid, key.d], [own.x, own.kid, undefined]);
  assert.equal(shown.includes(own.d), false);
  await createSecrets(system);
  assert.deepEqual([text('app.jwk.json'), text('service-keys.json')], [JSON.stringify(own), shown]);
});
