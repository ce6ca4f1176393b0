import assert from 'node:assert/strict';
import { test } from 'node:test';
import { principalOf } from './claims.ts';

const rolesIn = (claims: object, roles: string) =>
  principalOf({ sub: 'alice', ...claims }, { roles, agency: 'agency' })?.roles;

test('reads roles as Keycloak, ZITADEL and Entra name them', () => {
  assert.deepEqual(
    rolesIn({ realm_access: { roles: ['customer', 'offline_access'] } }, 'realm_access.roles'),
    ['customer'],
  );
  const project = 'urn:zitadel:iam:org:project:roles';
  assert.deepEqual(rolesIn({ [project]: { operator: { 1: 'x' }, viewer: {} } }, project), ['operator']);
  assert.deepEqual(rolesIn({ roles: ['agency', 'agency', 7] }, 'roles'), ['agency']);
  assert.deepEqual(
    rolesIn({ 'https://shop.example/roles': 'customer marketing' }, 'https://shop.example/roles'),
    ['customer', 'marketing'],
  );
});

test('claims of another shape give no role', () => {
  for (const claims of [{}, { roles: null }, { roles: 7 }, { roles: { constructor: {} } }])
    assert.deepEqual(rolesIn(claims, 'roles'), []);
  assert.deepEqual(rolesIn({ a: 'b' }, 'a.length.x'), []);
});

test('a subject that cannot own records is nobody', () => {
  for (const sub of [undefined, '', 7, 'x'.repeat(65), 'a\u0000b'])
    assert.equal(principalOf({ sub }, { roles: 'roles', agency: 'agency' }), undefined);
});

test('an agency is a plain name', () => {
  const agencyOf = (agency: unknown) =>
    principalOf({ sub: 'a', agency }, { roles: 'roles', agency: 'agency' })?.agency;
  assert.equal(agencyOf('main'), 'main');
  for (const agency of [undefined, '', 7, 'a b', ['main']]) assert.equal(agencyOf(agency), null);
});
