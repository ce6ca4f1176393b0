import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Access, mayCall, ownedBy, type Restricted } from './access.ts';
import { ANY_SERVICE, demoPrincipal, type Principal, type Role } from './principal.ts';

const person = (...roles: readonly Role[]): Principal => ({
  subject: 'alice',
  roles,
  agency: roles.includes('agency') ? 'main' : null,
  service: null,
});
const service = (name: string): Principal => ({ subject: 'alice', roles: [], agency: null, service: name });

const deliveries = {
  roles: ['customer', 'agency', 'operator'],
  owner: ['customer', 'agency'],
} as const satisfies Access;
const charges: Restricted = { roles: [], services: ['app'] };

test('a person may call a route that names one of their roles', () => {
  assert.equal(mayCall(person('agency'), deliveries), true);
  assert.equal(mayCall(person('marketing', 'customer'), deliveries), true);
  assert.equal(mayCall(person('marketing'), deliveries), false);
  assert.equal(mayCall(person(), deliveries), false);
  assert.equal(mayCall(person('customer', 'agency', 'marketing', 'operator'), charges), false);
});

test('a service may call a route that names it', () => {
  assert.equal(mayCall(service('app'), charges), true);
  assert.equal(mayCall(service('store'), charges), false);
  assert.equal(mayCall(service('app'), deliveries), false);
});

test('a Java service that is let in may call what services may, and the demo everything', () => {
  assert.equal(mayCall(service(ANY_SERVICE), charges), true);
  assert.equal(mayCall(service(ANY_SERVICE), deliveries), false);
  assert.equal(mayCall(demoPrincipal, charges), true);
  assert.equal(mayCall(demoPrincipal, deliveries), true);
});

test('roles that own reach what they own, others reach all', () => {
  assert.deepEqual(ownedBy(person('customer'), deliveries), { customer: 'alice' });
  assert.deepEqual(ownedBy(person('agency'), deliveries), { agency: 'main' });
  assert.deepEqual(ownedBy(person('customer', 'agency'), deliveries), { customer: 'alice', agency: 'main' });
  assert.equal(ownedBy(person('customer', 'operator'), deliveries), undefined);
  assert.equal(ownedBy(service('app'), charges), undefined);
});

test('an agency person without an agency reaches nothing', () => {
  assert.deepEqual(ownedBy({ ...person('agency'), agency: null }, deliveries), {});
});
