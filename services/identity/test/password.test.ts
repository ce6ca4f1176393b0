import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { authorizationRequest } from './authorization-request.ts';
import { openBrowser } from './browser.ts';
import { GATEWAY, type IssuerUnderTest, startIssuer } from './issuer-under-test.ts';

let issuer: IssuerUnderTest;
before(async () => {
  issuer = await startIssuer();
});
after(() => issuer.stop());

const PASSWORD = 'a long passphrase';

async function openPage(
  further: Record<string, string> = {},
  headers: Record<string, string> = { 'accept-language': 'ko' },
) {
  const request = await authorizationRequest(await issuer.discover(), further);
  const browser = openBrowser(issuer.url);
  const { url, answer } = await browser.open(request.url, { headers });
  assert.ok(answer);
  const submit = (user: string, password: string, from: Record<string, string> = {}) =>
    browser.open(url, { method: 'POST', body: new URLSearchParams({ user, password }), headers: from });
  return { request, answer, html: await answer.text(), submit };
}

test('a person with a password signs in with the form', async () => {
  assert.equal(
    (await issuer.admin('/local/passwords', { person: 'marketing', password: PASSWORD })).status,
    200,
  );
  const { request, submit } = await openPage();
  const { url } = await submit('marketing', PASSWORD, {
    origin: issuer.url,
    'sec-fetch-site': 'same-origin',
  });
  assert.equal((await request.redeem(url)).claims()?.sub, 'marketing');
});

test('a wrong password, an unknown name and an account without a password are refused alike', async () => {
  const { submit } = await openPage();
  const refusals = [];
  for (const user of ['marketing', 'nobody', 'operator', 'a\0b', '']) {
    const { answer } = await submit(user, 'wrong password');
    refusals.push(`${answer?.status} ${(await answer?.text())?.replace(/value="[^"]*"/, '')}`);
  }
  assert.equal(new Set(refusals).size, 1);
  assert.match(refusals[0] ?? '', /^401 /);
});

test('a user name with markup is shown as text', async () => {
  const { submit } = await openPage();
  const html = await (await submit('"><script>alert(1)</script>', 'x')).answer?.text();
  assert.doesNotMatch(html ?? '', /<script/);
  assert.match(html ?? '', /&lt;script&gt;/);
});

test('a form of another origin is refused', async () => {
  for (const headers of [
    { origin: GATEWAY, 'sec-fetch-site': 'same-site' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ]) {
    const { submit } = await openPage();
    assert.equal(
      (await submit('marketing', PASSWORD, headers as Record<string, string>)).answer?.status,
      400,
    );
  }
});

test('the page is in the language of ui_locales, else of Accept-Language, else Korean', async () => {
  const english = { 'accept-language': 'fr, en-GB;q=0.9, ko;q=0.1' };
  assert.match((await openPage()).html, /<html lang="ko">[\s\S]*비밀번호/);
  assert.match((await openPage({}, {})).html, /<html lang="ko">/);
  assert.match((await openPage({}, english)).html, /<html lang="en">[\s\S]*Password/);
  assert.match((await openPage({ ui_locales: 'ko-KR' }, english)).html, /<html lang="ko">/);
  assert.match((await openPage({ ui_locales: 'en' })).html, /<html lang="en">/);
});

test('the page has no script in either language, and its policy allows none', async () => {
  for (const ui_locales of ['ko', 'en']) {
    const { html, answer } = await openPage({ ui_locales });
    assert.doesNotMatch(html, /<script|javascript:|\son\w+=/i);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /script-src|unsafe/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  }
});

test('the sixth attempt at an account is limited, also with the right password, until 15 minutes have passed', async () => {
  await issuer.admin('/local/passwords', { person: 'agency', password: PASSWORD });
  const { submit } = await openPage();
  for (let attempt = 0; attempt < 5; attempt++)
    assert.equal((await submit('agency', 'wrong')).answer?.status, 401);
  const { answer } = await submit('agency', PASSWORD);
  assert.equal(answer?.status, 429);
  const seconds = Number(answer?.headers.get('retry-after'));
  assert.ok(seconds > 890 && seconds <= 900, `${seconds}`);
  issuer.skip(15 * 60_000);
  assert.equal((await submit('agency', PASSWORD)).answer, undefined);
});

test('30 attempts from one address limit it for every account, and it stores no further names', async () => {
  issuer.skip(15 * 60_000);
  const { submit } = await openPage();
  for (let attempt = 0; attempt < 30; attempt++) await submit(`guess-${attempt}`, 'wrong');
  const rows = () => issuer.kysely.selectFrom('sign_in_attempts').select('key').execute();
  const before = (await rows()).length;
  assert.equal((await submit('guess-30', 'wrong')).answer?.status, 429);
  assert.equal((await rows()).length, before);
});

test('a body over 4 KiB is refused', async () => {
  const { submit } = await openPage();
  for (const bytes of [5_000, 1_000_000])
    assert.equal((await submit('marketing', 'x'.repeat(bytes))).answer?.status, 400);
});

test('an address of an unknown sign-in is a page that leads back', async () => {
  const { status, text, headers } = await issuer.client.get('/interaction/unknown', {
    'accept-language': 'en',
  });
  assert.equal(status, 400);
  assert.match(text, /You are not signed in/);
  assert.match(String(headers['content-security-policy']), /default-src 'none'/);
});
