import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { Fault } from '../faults.ts';
import { makeKey, retireKeys, rotateKeys, writePublicKeys } from './key-folder.ts';

async function aFolder(t: { after(undo: () => Promise<void>): void }) {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const keys = path.join(folder.path, 'keys');
  const read = (name: string) => JSON.parse(readFileSync(path.join(keys, name), 'utf8'));
  const published = (service: string): readonly string[] =>
    JSON.parse(readFileSync(writePublicKeys(keys), 'utf8'))[service].map(({ kid }: { kid: string }) => kid);
  return { keys, read, published };
}

test('a private key that is there is never replaced', async (t) => {
  const { keys, read } = await aFolder(t);
  assert.equal(makeKey(keys, 'app').isNew, true);
  const first = read('app.jwk.json');
  assert.equal(makeKey(keys, 'app').isNew, false);
  assert.deepEqual(read('app.jwk.json'), first);
});

test('after a rotation both public keys count, until the old one is retired', async (t) => {
  const { keys, read, published } = await aFolder(t);
  writePublicKeys(keys);
  const before = read('app.jwk.json').kid;
  rotateKeys(keys);
  const after = read('app.jwk.json').kid;
  assert.notEqual(after, before);
  assert.deepEqual(published('app'), [after, before]);
  assert.equal(published('pay').length, 2);
  assert.equal(retireKeys(keys), 2);
  assert.deepEqual(published('app'), [after]);
});

test('a second rotation is refused while old keys count', async (t) => {
  const { keys, read } = await aFolder(t);
  rotateKeys(keys);
  const { kid } = read('app.jwk.json');
  assert.throws(() => rotateKeys(keys), /app has two keys .*--retire/);
  assert.equal(read('app.jwk.json').kid, kid);
});

test('only the owner can read any of the files, and the public file holds no private key', async (t) => {
  const { keys, read } = await aFolder(t);
  rotateKeys(keys);
  const file = writePublicKeys(keys);
  const names = readdirSync(keys).sort();
  assert.deepEqual(names, [
    'app.jwk.json',
    'app.old.jwk.json',
    'pay.jwk.json',
    'pay.old.jwk.json',
    'service-keys.json',
  ]);
  for (const name of names) assert.equal(statSync(path.join(keys, name)).mode & 0o777, 0o600, name);
  assert.equal(statSync(keys).mode & 0o777, 0o700);
  for (const name of names.slice(0, 4))
    assert.equal(readFileSync(file, 'utf8').includes(read(name).d), false, name);
});

test('a file that holds no key is a fault that names it', async (t) => {
  const { keys } = await aFolder(t);
  writeFileSync(makeKey(keys, 'app').file, '{}');
  assert.throws(
    () => writePublicKeys(keys),
    (error) => error instanceof Fault && /app\.jwk\.json/.test(error.message),
  );
});
