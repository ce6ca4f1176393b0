import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError, loadConfig } from '@phone82/runtime';
import Type from 'typebox';
import { accessConfig, isLocalDemo, requireAccess, serviceKeyConfig } from './access-config.ts';

const schema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1' }),
  ...accessConfig,
  ...serviceKeyConfig,
});
const complete = {
  PHONE82_ENV: 'production',
  OIDC_ISSUER: 'https://issuer.example',
  OIDC_AUDIENCE: 'phone82',
  SERVICE_KEY_FILE: '/keys/app.json',
};
const start = (environment: Record<string, string>) =>
  requireAccess(loadConfig(schema, environment), ['SERVICE_KEY_FILE']);

test('production starts with all settings, and names the one that is missing', () => {
  start(complete);
  for (const missing of ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'SERVICE_KEY_FILE'])
    assert.throws(() => start({ ...complete, [missing]: '' }), {
      name: ConfigError.name,
      message: new RegExp(`${missing} is missing: PHONE82_ENV=production needs it`),
    });
});

test('an address that others reach needs an issuer', () => {
  for (const HOST of ['0.0.0.0', '::', '192.168.0.7', 'phone82.example'])
    assert.throws(() => start({ HOST }), /OIDC_ISSUER is missing: HOST=.*OIDC_AUDIENCE is missing/s);
  for (const HOST of ['127.0.0.1', 'localhost', '::1']) start({ HOST });
});

test('the local demo ends where production or an address of the network begins', () => {
  const isDemo = (environment: Record<string, string>) => isLocalDemo(loadConfig(schema, environment));
  assert.equal(isDemo({}), true);
  assert.equal(isDemo({ PHONE82_ENV: 'production' }), false);
  assert.equal(isDemo({ HOST: '0.0.0.0' }), false);
});
