import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bringsSession, isLocalRequest } from './local-request.ts';

const local = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  isLocalRequest({ headers: { host: 'localhost:8080', ...headers }, remoteAddress });

const accepted: [string, Record<string, string>, string?][] = [
  ['a program', {}],
  ['over IPv6', { host: '[::1]:8080' }, '::1'],
  ['an IPv4 address in IPv6', { host: '127.0.0.1' }, '::ffff:127.0.0.1'],
  ['a page of our own', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }],
  ['an address that was typed', { 'sec-fetch-site': 'none' }],
  [
    'the gateway, for a program',
    { host: '127.0.0.1:8081', 'x-forwarded-host': 'localhost:8080', 'x-forwarded-for': '127.0.0.1' },
  ],
];
for (const [what, headers, address] of accepted)
  test(`is of this machine: ${what}`, () => assert.equal(local(headers, address), true));

const refused: [string, Record<string, string>, string?][] = [
  ['another machine', {}, '10.0.0.7'],
  ['another machine that says it is this one', { 'x-forwarded-for': '127.0.0.1' }, '10.0.0.7'],
  ['a proxy on this machine, for another', { 'x-forwarded-for': '203.0.113.9' }],
  ['a proxy that speaks of it in Forwarded', { forwarded: 'for=127.0.0.1' }],
  ['a proxy that says Via', { via: '1.1 proxy' }],
  ['a name that was made to resolve to this machine', { host: 'attacker.example:8080' }],
  ['a name that begins like ours', { host: 'localhost.attacker.example' }],
  ['a forwarded name of elsewhere', { 'x-forwarded-host': 'attacker.example' }],
  ['a page of another origin', { origin: 'http://attacker.example' }],
  ['a page of another port', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
  ['a page without an origin', { origin: 'null' }],
  ['a link or a form on another site', { 'sec-fetch-site': 'cross-site' }],
];
for (const [what, headers, address] of refused)
  test(`is not of this machine: ${what}`, () => assert.equal(local(headers, address), false));

test('knows a session by its cookie, among others', () => {
  const brings = (cookie?: string) => bringsSession({ headers: { cookie } });
  assert.equal(brings('a=b; phone82=xyz'), true);
  assert.equal(brings('__Host-phone82=xyz'), true);
  assert.equal(brings('myphone82=xyz; a=phone82'), false);
  assert.equal(brings(), false);
});
