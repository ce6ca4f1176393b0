import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  startTestIssuer,
  startTestPostgres,
  startTestService,
  type TestIssuer,
  type TestService,
  temporaryFolder,
} from '@phone82/testkit';
import { definitions } from '../../checks/service-definitions.ts';
import { people, type ServiceSigners, serviceSigners, uselessTokens } from './credentials.ts';
import { type Operation, operationsOf } from './operations.ts';
import { seed } from './seeded-records.ts';

/** An order of alice that the agency `main` ships. */
const ORDER = 4_711;
const CALLERS = ['app', 'pay', 'store', 'marketing', 'customer', 'gateway'];

let issuer: TestIssuer;
let signers: ServiceSigners;
let useless: Awaited<ReturnType<typeof uselessTokens>>;
let settings: Record<string, string>;
let cells = 0;
const folder = await temporaryFolder();
const postgres = await startTestPostgres();

before(async () => {
  issuer = await startTestIssuer();
  signers = await serviceSigners(CALLERS);
  useless = await uselessTokens(issuer);
  const keys = join(folder.path, 'service-keys.json');
  await writeFile(keys, signers.keysFile);
  // Any key does for a service that calls another: nobody is called here.
  const ownKey = join(folder.path, 'own-key.json');
  await writeFile(ownKey, signers.keyFileOf('app'));
  settings = {
    PHONE82_ENV: 'production',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: issuer.audience,
    SERVICE_KEY_FILE: ownKey,
    SERVICE_KEYS_FILE: keys,
  };
});
after(async () => {
  await issuer.stop();
  await postgres.stop();
  await folder.remove();
  console.log(`${cells} cells of operations and callers`);
});

/** What a command on a record needs to come as far as the record. */
const bodies: Readonly<Record<string, object>> = {
  cancelOrder: { status: 'cancel' },
  voidPayment: { process: 'void' },
  shipDelivery: { process: 'Shipped' },
};

/** 401, 403, 404 or `admitted`: whatever else came is the operation's own answer. */
async function outcomeOf(service: TestService, { id, method, path }: Operation, token: string | undefined) {
  const url = path.replace(/\{[^}]+\}/, String(ORDER));
  const abort = new AbortController();
  const answer = await fetch(`${service.url}${url}`, {
    method,
    signal: abort.signal,
    headers: {
      ...(method !== 'GET' && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(method !== 'GET' && { body: JSON.stringify(bodies[id] ?? {}) }),
  });
  abort.abort();
  cells += 1;
  return [401, 403, 404].includes(answer.status) ? answer.status : 'admitted';
}

function expectedOf(
  { access, path }: Operation,
  person: { roles: readonly string[]; sub: string; agency?: string },
) {
  if (!access) return 'admitted';
  const held = access.roles.filter((role) => person.roles.includes(role));
  if (held.length === 0) return 403;
  const ownsOnly = held.every((role) => access.owner?.includes(role));
  const isOwner = person.sub === 'alice' || person.agency === 'main';
  return ownsOnly && !isOwner && path.includes('{') ? 404 : 'admitted';
}

for (const definition of definitions)
  describe(`who may call ${definition.name}`, () => {
    let service: TestService;
    let operations: readonly Operation[];
    before(async () => {
      const inPostgres = ['app', 'pay', 'customer'].includes(definition.name);
      const databaseUrl = inPostgres
        ? await postgres.freshDatabase()
        : `sqlite://${join(folder.path, `${definition.name}.db`)}`;
      service = await startTestService(definition, { databaseUrl, settings, jobsMayFail: true });
      await seed(service, definition.name, { id: ORDER, customer: 'alice', agency: 'main' });
      operations = operationsOf((await service.get('/openapi.json')).body);
      assert.ok(operations.length >= 5);
    });
    after(() => service.stop());

    test('a token that does not count is refused by every operation that is not public', async () => {
      for (const operation of operations)
        for (const [name, token] of Object.entries(useless)) {
          const outcome = await outcomeOf(service, operation, token);
          assert.equal(outcome, operation.access ? 401 : 'admitted', `${operation.id}: ${name}`);
        }
    });

    test('a person may call what a role of theirs allows, and finds no record of somebody else', async () => {
      for (const operation of operations)
        for (const [name, claims] of Object.entries(people)) {
          const outcome = await outcomeOf(service, operation, await issuer.token(claims));
          // A record that is named by another id than the order's is not there for anyone.
          if (operation.path.includes('{messageId}') && outcome === 404) continue;
          assert.equal(outcome, expectedOf(operation, claims), `${operation.id}: ${name}`);
        }
    });

    test('a service may call what names it, and nothing else', async () => {
      for (const operation of operations)
        for (const caller of CALLERS) {
          const token = await signers.token(caller, definition.name, 'alice');
          const isNamed = !operation.access || operation.access.services?.includes(caller);
          const outcome = await outcomeOf(service, operation, token);
          assert.equal(outcome, isNamed ? 'admitted' : 403, `${operation.id}: ${caller}`);
        }
    });

    test('a token for another service does not count', async () => {
      for (const operation of operations) {
        const token = await signers.token('app', 'elsewhere', 'alice');
        const outcome = await outcomeOf(service, operation, token);
        assert.equal(outcome, operation.access ? 401 : 'admitted', operation.id);
      }
    });

    test("somebody else's record is answered exactly as one that does not exist", async () => {
      const bob = { authorization: `Bearer ${await issuer.token(people['another customer'])}` };
      const ofOne = operations.filter(
        ({ method, path, access }) =>
          method === 'GET' && path.endsWith('{id}') && access?.owner?.includes('customer'),
      );
      for (const { path } of ofOne) {
        const theirs = await service.get(path.replace('{id}', String(ORDER)), bob);
        const nobodys = await service.get(path.replace('{id}', '999999'), bob);
        assert.deepEqual(shown(theirs, ORDER), shown(nobodys, 999_999));
      }
    });

    test('lists and their counts hold own records only', async () => {
      const lists = operations.filter(
        ({ method, path, access }) => method === 'GET' && !path.includes('{') && access?.owner,
      );
      for (const { path } of lists) {
        const total = async (claims: object) => {
          const authorization = `Bearer ${await issuer.token(claims as never)}`;
          const { status, body } = await service.get(`${path}?size=100`, { authorization });
          return status === 200 ? body.page.totalElements : status;
        };
        assert.equal(await total(people['the customer']), 1, path);
        assert.equal(await total(people['another customer']), 0, path);
        assert.equal(await total(people['the operator']), 1, path);
      }
    });
  });

const shown = ({ status, text }: { status: number; text: string }, id: number) => [
  status,
  text.replaceAll(String(id), 'ID').replace(/"correlationId":"[^"]+"/, ''),
];
