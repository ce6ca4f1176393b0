import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { refuseUnsafeStart } from '../src/refuse-unsafe-start.ts';

const start = (settings: Record<string, string>) =>
  spawnSync(process.execPath, [path.join(import.meta.dirname, '..', 'src', 'main.ts')], {
    env: {
      DATABASE_URL: 'postgres://127.0.0.1:1/none',
      CLIENT_SECRET_FILE: '/dev/null',
      ADMIN_SECRET_FILE: '/dev/null',
      PORT: '0',
      ...settings,
    },
    encoding: 'utf8',
  });

test('the process ends with code 78 in production and names OIDC_ISSUER', () => {
  const { status, stdout } = start({ PHONE82_ENV: 'production' });
  assert.equal(status, 78);
  assert.match(stdout, /does not run in production.*set OIDC_ISSUER/);
});

test('the process ends with code 78 where it would listen beyond this machine', () => {
  const { status, stdout } = start({ HOST: '0.0.0.0' });
  assert.equal(status, 78);
  assert.match(stdout, /HOST=0\.0\.0\.0.*set HOST=127\.0\.0\.1/);
});

test('addresses that other machines can reach are refused, and those of this machine are not', () => {
  for (const HOST of [
    '0.0.0.0',
    '::',
    '',
    '192.168.0.7',
    '127.evil.example',
    'localhost.example',
    '::ffff:10.0.0.1',
  ])
    assert.throws(() => refuseUnsafeStart({ PHONE82_ENV: 'development', HOST }), /beyond this machine/, HOST);
  for (const HOST of ['127.0.0.1', '127.0.0.2', 'localhost', '::1'])
    refuseUnsafeStart({ PHONE82_ENV: 'development', HOST });
});
