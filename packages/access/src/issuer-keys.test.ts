import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exportJWK, generateKeyPair } from 'jose';
import { issuerKeys, KeysUnavailable } from './issuer-keys.ts';

const MINUTE = 60_000;
const issuer = 'https://issuer.example';

async function setting() {
  const jwk = { ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), alg: 'ES256' };
  let now = 0;
  let kids = ['first'];
  let isDown = false;
  let fetches = 0;
  let changes = 0;
  const find = issuerKeys({
    issuer,
    now: () => now,
    onChange: () => {
      changes += 1;
    },
    getJson: async (url) => {
      if (isDown) throw new Error('down');
      if (url.endsWith('openid-configuration')) return { issuer, jwks_uri: `${issuer}/keys` };
      fetches += 1;
      return { keys: kids.map((kid) => ({ ...jwk, kid })) };
    },
  });
  const asked = (kid: string) =>
    Promise.resolve(find({ alg: 'ES256', kid } as never, undefined as never)).then(
      () => 'found',
      (error: Error) => (error instanceof KeysUnavailable ? 'unavailable' : 'unknown'),
    );
  return {
    asked,
    fetches: () => fetches,
    changes: () => changes,
    pass: (ms: number) => {
      now += ms;
    },
    serve: (...names: string[]) => {
      kids = names;
    },
    goDown: (down: boolean) => {
      isDown = down;
    },
  };
}

test('a flood of unknown key ids makes one fetch a minute', async () => {
  const { asked, fetches, pass } = await setting();
  assert.equal(await asked('first'), 'found');
  const flood = await Promise.all(Array.from({ length: 500 }, (_, index) => asked(`unknown-${index}`)));
  assert.deepEqual(new Set(flood), new Set(['unknown']));
  assert.equal(fetches(), 1);
  pass(MINUTE + 1);
  for (let index = 0; index < 500; index += 1) await asked(`unknown-${index}`);
  assert.equal(fetches(), 2);
});

test('a new key counts within a minute, and a withdrawn one no longer', async () => {
  const { asked, serve, pass, changes } = await setting();
  await asked('first');
  serve('second');
  pass(MINUTE + 1);
  assert.equal(await asked('second'), 'found');
  assert.equal(await asked('first'), 'unknown');
  assert.equal(changes(), 1, 'whoever remembers verified tokens is told');
});

test('keys count for ten more minutes while the issuer is down, and again once it is back', async () => {
  const { asked, pass, goDown } = await setting();
  await asked('first');
  goDown(true);
  for (let minute = 0; minute < 10; minute += 1) {
    pass(MINUTE);
    assert.equal(await asked('first'), 'found', `after ${minute + 1} minutes`);
  }
  pass(2 * MINUTE);
  assert.equal(await asked('first'), 'unavailable');
  goDown(false);
  pass(MINUTE + 1);
  assert.equal(await asked('first'), 'found');
});

test('without any keys it asks again after a second', async () => {
  const { asked, pass, goDown } = await setting();
  goDown(true);
  assert.equal(await asked('first'), 'unavailable');
  goDown(false);
  assert.equal(await asked('first'), 'unavailable', 'not at once: that would be a flood');
  pass(1_001);
  assert.equal(await asked('first'), 'found');
});
