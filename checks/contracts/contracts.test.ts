import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asyncapiDocument, eventGuide } from '@phone82/contracts';
import { keepers } from '@phone82/service-list';
import { drift, wrongReceivers } from './inspect.ts';
import { lintDocument } from './lint.ts';

const sound = {
  openapi: '3.1.1',
  info: { title: 'shop', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: '/' }],
  security: [],
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        summary: 'The orders',
        responses: { 200: { description: 'Orders.' }, 400: { description: 'No.' } },
      },
    },
  },
};
const rulesBrokenBy = async (document: object) =>
  (await lintDocument('a.json', JSON.stringify(document))).map((line) => line.replace(/^.*\((\S+)\)$/, '$1'));

describe('an OpenAPI document', () => {
  const { get } = sound.paths['/orders'];
  const withOperation = (change: object) => ({
    ...sound,
    paths: { '/orders': { get: { ...get, ...change } } },
  });

  test('that is sound passes', async () => assert.deepEqual(await rulesBrokenBy(sound), []));
  for (const [fault, document, rule] of [
    [
      'an answer without a description',
      withOperation({ responses: { 200: {}, 400: get.responses[400] } }),
      'struct',
    ],
    [
      'a reference that leads nowhere',
      withOperation({ requestBody: { $ref: '#/components/none' } }),
      'no-unresolved-refs',
    ],
    ['no operation id', withOperation({ operationId: undefined }), 'operation-operationId'],
    [
      'no refusal documented',
      withOperation({ responses: { 200: get.responses[200] } }),
      'operation-4xx-response',
    ],
  ] as const) {
    test(`with ${fault} is refused`, async () => assert.deepEqual(await rulesBrokenBy(document), [rule]));
  }
});

describe('an AsyncAPI document', () => {
  const events = asyncapiDocument();

  test('of the events passes', async () => assert.deepEqual(await rulesBrokenBy(events), []));
  test('with an operation on a channel that is not there is refused', async () => {
    const appSends = { ...events.operations.appSends, channel: { $ref: '#/channels/none' } };
    assert.deepEqual(await rulesBrokenBy({ ...events, operations: { appSends } }), ['no-unresolved-refs']);
  });
  test('with an unknown action is refused', async () => {
    const appSends = { ...events.operations.appSends, action: 'shout' };
    assert.deepEqual(await rulesBrokenBy({ ...events, operations: { appSends } }), ['struct']);
  });
});

test('documents that are missing, old or left over are drift', () => {
  const made = new Map([
    ['a.json', '{}'],
    ['b.json', '{}'],
    ['c.json', '{}'],
  ]);
  const committed = new Map([
    ['a.json', '{}'],
    ['b.json', '{"old":1}'],
    ['d.json', '{}'],
  ]);
  assert.deepEqual(
    drift(made, committed).map((line) => line.replace(/:.*$/, '')),
    [
      'contracts/generated/b.json is old',
      'contracts/generated/c.json is missing',
      'contracts/generated/d.json is of no service',
    ],
  );
});

test('a receiver that is documented but does not subscribe is found', () => {
  const receives = (name: string) =>
    Object.keys(eventGuide).filter((event) => eventGuide[event as keyof typeof eventGuide].to.includes(name));
  const services = keepers.map((name) => ({
    name,
    receives: receives(name),
  }));
  assert.deepEqual(wrongReceivers(services), []);
  assert.deepEqual(wrongReceivers(services.filter(({ name }) => name !== 'pay')), [
    'OrderCancelled is documented to reach customer, pay, store, but customer, store subscribes to it',
  ]);
});
