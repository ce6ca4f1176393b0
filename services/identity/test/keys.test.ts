import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { PUBLISHED_FIRST_MS } from '../src/keys/issuer-keys.ts';
import { type IssuerUnderTest, startIssuer } from './issuer-under-test.ts';

let issuer: IssuerUnderTest;
before(async () => {
  issuer = await startIssuer();
});
after(() => issuer.stop());

const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${issuer.url}/jwks`)), { audience: 'phone82' });

test('a rotation signs with a new key and keeps the tokens of the previous one valid', async () => {
  const old = await issuer.tokenFor('customer');
  await issuer.admin('/local/keys', {});
  assert.equal(decodeProtectedHeader(await issuer.tokenFor('customer')).kid, decodeProtectedHeader(old).kid);
  issuer.skip(PUBLISHED_FIRST_MS);
  const next = await issuer.tokenFor('customer');
  assert.notEqual(decodeProtectedHeader(next).kid, decodeProtectedHeader(old).kid);
  assert.equal((await verify(old)).payload.sub, 'customer');
  assert.equal((await verify(next)).payload.sub, 'customer');
  await issuer.admin('/local/keys', {});
  assert.equal((await verify(next)).payload.sub, 'customer');
  await assert.rejects(verify(old), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('only public keys are published', async () => {
  const { keys } = (await issuer.client.get('/jwks')).body;
  assert.equal(keys.length, 2);
  for (const key of keys) assert.equal('d' in key, false);
});

test('discovery names what the gateway needs', async () => {
  const { body } = await issuer.client.get('/.well-known/openid-configuration');
  assert.equal(body.issuer, issuer.url);
  assert.deepEqual(body.response_types_supported, ['code']);
  assert.deepEqual(body.code_challenge_methods_supported, ['S256']);
  assert.deepEqual(body.id_token_signing_alg_values_supported, ['ES256']);
  assert.equal(body.backchannel_logout_supported, true);
  assert.equal(body.end_session_endpoint, `${issuer.url}/session/end`);
});
