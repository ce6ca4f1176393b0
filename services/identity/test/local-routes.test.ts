import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type IssuerUnderTest, startIssuer } from './issuer-under-test.ts';

let issuer: IssuerUnderTest;
before(async () => {
  issuer = await startIssuer();
});
after(() => issuer.stop());

const PATHS = ['/local/tickets', '/local/tokens', '/local/passwords', '/local/keys'];

test('every command needs the admin secret', async () => {
  for (const path of PATHS)
    for (const authorization of ['Bearer wrong', 'Bearer ', 'secret-of-the-commands', '']) {
      const { status } = await issuer.client.post(path, { person: 'operator' }, { authorization });
      assert.equal(status, 401, path);
    }
});

test('a page in a browser gets nothing, even with the secret', async () => {
  const headers = { authorization: 'Bearer secret-of-the-commands', origin: issuer.url };
  assert.equal((await issuer.client.post('/local/tickets', {}, headers)).status, 401);
});

test('a link for each role is given in one answer', async () => {
  const { status, body } = await issuer.admin('/local/tickets', {});
  assert.equal(status, 201);
  assert.deepEqual(
    body.links.map(({ role, person }: { role: string; person: string }) => `${role} ${person}`),
    ['agency agency', 'customer customer', 'marketing marketing', 'operator operator'],
  );
  for (const { url } of body.links)
    assert.match(url, /^http:\/\/localhost:8080\/session\/sign-in\?ticket=[\w-]{43}$/);
});

test('an unknown person is answered with those that are known', async () => {
  for (const path of PATHS.slice(0, 3)) {
    const { status, body } = await issuer.admin(path, { person: 'shop', password: 'a long passphrase' });
    assert.equal(status, 404);
    assert.deepEqual(body.people, ['agency', 'customer', 'customer2', 'marketing', 'operator']);
  }
});

test('a short password and a body that is no object are refused', async () => {
  assert.equal((await issuer.admin('/local/passwords', { person: 'agency', password: 'short' })).status, 400);
  assert.equal((await issuer.admin('/local/tickets', 'x' as unknown as object)).status, 400);
});

test('a host that is not this machine is refused, against DNS rebinding', async () => {
  for (const host of ['evil.example', 'localhost.evil.example', 'evil.example:8088', '10.0.0.1'])
    for (const path of ['/.well-known/openid-configuration', '/auth', '/local/tickets', '/metrics'])
      assert.equal((await issuer.client.get(path, { host })).status, 421, `${host}${path}`);
});

test('health and metrics answer', async () => {
  assert.equal((await issuer.client.get('/livez')).status, 200);
  assert.equal((await issuer.client.get('/readyz')).status, 200);
  assert.match((await issuer.client.get('/metrics')).text, /sign_in_attempts_total/);
});

test('a NUL in any parameter is refused, and no error of the server', async () => {
  assert.equal((await issuer.admin('/local/tickets', { person: 'a\0b' })).status, 404);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const secret = 'client_id=phone82-gateway&client_secret=secret-of-the-client';
  for (const body of [
    'client_id=%00&client_secret=x&grant_type=refresh_token&refresh_token=x',
    `${secret}&grant_type=refresh_token&refresh_token=%00`,
    `${secret}&grant_type=authorization_code&code=%00&redirect_uri=x&code_verifier=x`,
  ]) {
    const { status } = await issuer.client.post('/token', body, form);
    assert.ok(status >= 400 && status < 500, `${status} ${body}`);
  }
  const challenge = `code_challenge=${'x'.repeat(43)}&code_challenge_method=S256`;
  const redirect = encodeURIComponent('http://localhost:8080/session/callback');
  for (const further of [
    'state=%00',
    'login_hint=%00',
    'login_hint=ticket:%00',
    'ui_locales=%00',
    'nonce=%00',
  ]) {
    const path = `/auth?client_id=phone82-gateway&response_type=code&scope=openid&redirect_uri=${redirect}&${challenge}&${further}`;
    assert.ok((await issuer.client.get(path)).status < 500, further);
  }
});
