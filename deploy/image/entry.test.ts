import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { serviceNames } from '@phone82/service-list';
import { temporaryFolder } from '@phone82/testkit';

/** Runs the entry of the image to its end, with the settings that the image sets and these. */
function runEntry(settings: Readonly<Record<string, string>>, ...role: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, 'entry.ts'), ...role],
    {
      env: { PATH: process.env.PATH, HOST: '0.0.0.0', PORT: '0', ...settings },
      encoding: 'utf8',
    },
  );
  return { status, said: `${stdout}${stderr}` };
}

const UNREACHABLE = 'postgres://phone82@127.0.0.1:1/phone82';
const needed: Readonly<Record<string, readonly string[]>> = {
  app: ['SERVICE_KEY_FILE'],
  pay: ['SERVICE_KEY_FILE', 'SERVICE_KEYS_FILE'],
  marketing: ['SERVICE_KEYS_FILE'],
};

describe('a container whose service listens beyond loopback', () => {
  for (const name of serviceNames)
    test(`does not start ${name} without issuer, audience and keys, and names each`, () => {
      const { status, said } = runEntry({ DATABASE_URL: UNREACHABLE, BUS_URL: UNREACHABLE }, name);
      assert.equal(status, 1, said);
      const missing = [...said.matchAll(/(\w+) is missing: HOST=0\.0\.0\.0 is reached from outside/g)];
      assert.deepEqual(
        [...new Set(missing.map(([, key]) => key))],
        ['OIDC_ISSUER', 'OIDC_AUDIENCE', ...(needed[name] ?? [])],
      );
    });

  test('does not start the PSP simulator in production', () => {
    const settings = { PHONE82_ENV: 'production', DATABASE_URL: 'sqlite:///nowhere/psp.db' };
    const { status, said } = runEntry(settings, 'psp-simulator');
    assert.equal(status, 1);
    assert.match(said, /the PSP simulator moves no money and does not start/);
  });

  test('migrates in production with a database alone', async (t) => {
    const folder = await temporaryFolder();
    t.after(folder.remove);
    const DATABASE_URL = `sqlite://${path.join(folder.path, 'store.db')}`;
    const { status, said } = runEntry({ PHONE82_ENV: 'production', DATABASE_URL }, 'migrate', 'store');
    assert.equal(status, 0, said);
    assert.match(said, /the schema is up to date/);
  });
});
