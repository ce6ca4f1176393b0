import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint } from './fingerprint.ts';

const request = { method: 'POST', url: '/orders', principal: 'demo', body: { item: 'LG10', qty: 1 } };

test('does not depend on the order of the fields', () => {
  assert.equal(fingerprint(request), fingerprint({ ...request, body: { qty: 1, item: 'LG10' } }));
});

const others = [
  { method: 'PATCH' },
  { url: '/orders/1' },
  { principal: 'someone' },
  { body: { item: 'LG10', qty: 2 } },
  { body: [1, 2] },
  { body: undefined },
];
for (const other of others) {
  test(`differs with ${JSON.stringify(other)}`, () => {
    assert.notEqual(fingerprint({ ...request, ...other }), fingerprint(request));
  });
}
