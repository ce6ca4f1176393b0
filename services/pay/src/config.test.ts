import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '@phone82/runtime';
import { PayConfig, protectLiveKey } from './config.ts';

const env = { DATABASE_URL: 'postgres://there', BUS_URL: 'postgres://there' };
const LIVE = 'live_sk_realMoney1';

describe('a live key', () => {
  test('is refused where it would travel in the clear', () => {
    for (const url of ['http://127.0.0.1:8087', 'http://api.tosspayments.com'])
      assert.throws(
        () => protectLiveKey(loadConfig(PayConfig, { ...env, PSP_SECRET_KEY: LIVE, PSP_URL: url })),
        (error: Error) => /https/.test(error.message) && !error.message.includes(LIVE),
      );
  });

  test('is taken over TLS, and a test key anywhere', () => {
    protectLiveKey({ PSP_SECRET_KEY: LIVE, PSP_URL: 'https://api.tosspayments.com' });
    protectLiveKey({ PSP_SECRET_KEY: 'test_sk_phone82', PSP_URL: 'http://127.0.0.1:8087' });
  });
});

test('a secret key that does not fit is named, but not shown', () => {
  assert.throws(
    () => loadConfig(PayConfig, { ...env, PSP_SECRET_KEY: 'live_secret with a space' }),
    (error: Error) => /PSP_SECRET_KEY/.test(error.message) && !error.message.includes('with a space'),
  );
});
