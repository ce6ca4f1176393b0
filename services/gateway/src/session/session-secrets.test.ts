import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, loadConfig } from '@phone82/runtime';
import { gatewayConfig } from '../config.ts';
import { readSessionSecrets } from './session-secrets.ts';

const complete = {
  OIDC_ISSUER: 'https://id.example',
  OIDC_CLIENT_SECRET: 's',
  SESSION_KEY: Buffer.alloc(32).toString('base64'),
  DATABASE_URL: 'postgres://db/sessions',
};
const read = (env: Record<string, string>) => readSessionSecrets(loadConfig(gatewayConfig, env));

test('takes what is complete, with several keys', () => {
  const key = Buffer.alloc(32, 1).toString('base64');
  const { keys } = read({ ...complete, SESSION_KEY: `${key},${complete.SESSION_KEY}` });
  assert.deepEqual(
    keys.map(([first]) => first),
    [1, 0],
  );
});

for (const setting of ['OIDC_CLIENT_SECRET', 'SESSION_KEY', 'DATABASE_URL'] as const)
  test(`does not start without ${setting}`, () => {
    assert.throws(
      () => read({ ...complete, [setting]: '' }),
      (error: ConfigError) => error.message.includes(setting),
    );
  });

test('names everything that is missing at once', () => {
  assert.throws(
    () => read({ OIDC_ISSUER: complete.OIDC_ISSUER }),
    (error) => error instanceof ConfigError && error.faults.length === 3,
  );
});

test('does not start with a key that is too short, a file that is not there, or an issuer by plain http', () => {
  assert.throws(() => read({ ...complete, SESSION_KEY: 'c2hvcnQ=' }), /SESSION_KEY is not usable/);
  assert.throws(
    () => read({ ...complete, SESSION_KEY_FILE: '/nowhere/key' }),
    /SESSION_KEY_FILE cannot be read/,
  );
  assert.throws(() => read({ ...complete, OIDC_ISSUER: 'http://id.example' }), /OIDC_ISSUER/);
});
