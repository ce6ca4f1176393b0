import assert from 'node:assert/strict';
import { test } from 'node:test';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { pageQuery } from './page-query.ts';

const query = pageQuery(['id', 'price'], { customer: Type.Optional(Type.String()) });

test('starts at the first page of 20, by id, if nothing is said', () => {
  assert.deepEqual(query.parse({}), { page: 0, size: 20, sort: { field: 'id', direction: 'asc' } });
});

test('reads a direction, and takes ascending if there is none', () => {
  assert.deepEqual(query.parse({ sort: 'price,desc' }).sort, { field: 'price', direction: 'desc' });
  assert.deepEqual(query.parse({ sort: 'price' }).sort, { field: 'price', direction: 'asc' });
});

const refused = [
  { size: 0 },
  { size: 101 },
  { page: -1 },
  { sort: 'secret' },
  { sort: 'id,up' },
  { pgae: 1 },
];
for (const wrong of refused) {
  test(`refuses ${JSON.stringify(wrong)}`, () => {
    assert.equal(Value.Check(query.schema, wrong), false);
  });
}

test('takes the filters it was given', () => {
  assert.equal(Value.Check(query.schema, { customer: 'demo', size: 100 }), true);
});
