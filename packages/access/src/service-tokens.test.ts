import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { createServiceSigner } from './service-signer.ts';
import { type ServiceKeys, serviceTokens } from './service-tokens.ts';

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return {
    own: { ...(await exportJWK(privateKey)), kid } as JWK,
    shown: { ...(await exportJWK(publicKey)), kid } as JWK,
    privateKey,
  };
}

async function setting() {
  const [app, next, pay] = await Promise.all([newKey('app-1'), newKey('app-2'), newKey('pay-1')]);
  let now = 1_800_000_000_000;
  let keys: ServiceKeys = { app: [app.shown, next.shown], pay: [pay.shown] };
  const clock = () => now;
  return {
    app,
    next,
    pay,
    signer: (service: string, key: JWK) => createServiceSigner(service, key, clock),
    tokens: serviceTokens('pay', async () => keys, clock),
    now: clock,
    pass: (ms: number) => {
      now += ms;
    },
    serve: (changed: ServiceKeys) => {
      keys = changed;
    },
  };
}

test('says which service calls, and on whose behalf', async () => {
  const { app, signer, tokens } = await setting();
  const token = await signer('app', app.own).sign('pay', 'alice');
  const principal = { subject: 'alice', roles: [], agency: null, service: 'app' };
  assert.deepEqual(await tokens.verify(token), principal);
  assert.deepEqual(tokens.known(token), principal);
});

test('both keys of a rotation count, and one that is taken out counts no longer', async () => {
  const { app, next, pay, signer, tokens, serve } = await setting();
  const [old, fresh] = await Promise.all(
    [app, next].map(({ own }) => signer('app', own).sign('pay', 'alice')),
  );
  await tokens.verify(String(old));
  await tokens.verify(String(fresh));
  serve({ app: [next.shown], pay: [pay.shown] });
  await assert.rejects(tokens.verify(String(old)));
  assert.equal(tokens.known(String(old)), undefined, 'also one that was verified before');
  await tokens.verify(String(fresh));
});

test('does not count for another service, after a minute, or with the key of another', async () => {
  const { app, pay, signer, tokens, pass } = await setting();
  await assert.rejects(tokens.verify(await signer('app', app.own).sign('marketing', 'alice')));
  await assert.rejects(tokens.verify(await signer('app', pay.own).sign('pay', 'alice')));
  await assert.rejects(tokens.verify(await signer('mallory', app.own).sign('pay', 'alice')));
  const token = await signer('app', app.own).sign('pay', 'alice');
  await tokens.verify(token);
  pass(66_000);
  assert.equal(tokens.known(token), undefined);
  await assert.rejects(tokens.verify(token));
});

test('a token that lives longer than a minute does not count, whoever signed it', async () => {
  const { app, tokens, now } = await setting();
  const at = Math.floor(now() / 1_000);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', typ: 'service+jwt', kid: 'app-1' })
    .setIssuer('app')
    .setAudience('pay')
    .setSubject('alice')
    .setIssuedAt(at - 120)
    .setExpirationTime(at + 3_600)
    .sign(app.privateKey);
  await assert.rejects(tokens.verify(token));
});

test('a token for the same person is used again for half of its life', async () => {
  const { app, signer, pass } = await setting();
  const { sign } = signer('app', app.own);
  const first = await sign('pay', 'alice');
  assert.equal(await sign('pay', 'alice'), first);
  assert.notEqual(await sign('pay', 'bob'), first);
  pass(31_000);
  assert.notEqual(await sign('pay', 'alice'), first);
});
