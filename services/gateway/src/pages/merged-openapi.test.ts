import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergedOpenapi } from './merged-openapi.ts';

const operation = (schema: string) => ({
  get: { operationId: schema, tags: [schema], schema: { $ref: `#/components/schemas/${schema}` } },
});
const problem = { type: 'object', title: 'Problem' };
const app = {
  name: 'app',
  paths: ['/orders'],
  document: {
    paths: {
      '/orders': operation('Order'),
      '/orders/{id}': operation('Record'),
      '/internal': operation('X'),
    },
    components: { schemas: { Order: { type: 'object' }, Record: { type: 'string' }, Problem: problem } },
  },
};
const pay = {
  name: 'pay',
  paths: ['/payments'],
  document: {
    paths: { '/payments': operation('Record') },
    components: { schemas: { Record: { type: 'integer' }, Problem: problem } },
  },
};
const store = { name: 'store', paths: ['/storeManages'], document: undefined };

test('shows what is reached through the gateway, and nothing else', () => {
  const { paths } = mergedOpenapi([app, pay]);
  assert.deepEqual(Object.keys(paths), ['/orders', '/orders/{id}', '/payments']);
});

test('keeps one copy of what services share, and apart what only has the same name', () => {
  const { components, paths } = mergedOpenapi([app, pay]);
  assert.deepEqual(Object.keys(components.schemas), ['Order', 'Record', 'Problem', 'payRecord']);
  assert.deepEqual(components.schemas.payRecord, { type: 'integer' });
  assert.match(JSON.stringify(paths['/payments']), /schemas\/payRecord"/);
  assert.match(JSON.stringify(paths['/orders/{id}']), /schemas\/Record"/);
});

test('says which service did not answer', () => {
  const { info } = mergedOpenapi([app, store]);
  assert.match(info.description, /not shown:\*\* store/);
});

test('tells the events, each with its sender', () => {
  assert.match(mergedOpenapi([]).info.description, /\| `Shipped` \| store \|/);
});
