import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlaceOrderRequest, RequestPaymentRequest, ShipRequest } from '@phone82/contracts';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { describeFaults } from './faults.ts';

const cases: readonly [schema: TSchema, body: unknown, en: string][] = [
  [PlaceOrderRequest, { item: 'a' }, 'the body: must have required properties qty'],
  [PlaceOrderRequest, { item: 'a', qty: 1.5 }, 'qty: must be integer'],
  [PlaceOrderRequest, { item: 'a', qty: 0 }, 'qty: must be >= 1'],
  [PlaceOrderRequest, { item: 'a', qty: 1, price: 1 }, 'unknown field: price'],
  [PlaceOrderRequest, null, 'the body: must be object'],
  [RequestPaymentRequest, { orderId: 1, price: 'x' }, 'price: must be integer'],
  [ShipRequest, { process: 'Lost' }, 'process: must be one of "Shipped"'],
];

for (const [schema, body, en] of cases) {
  test(`says of ${JSON.stringify(body)}: ${en}`, () => {
    assert.equal(describeFaults(Compile(schema).Errors(body), 'body', 'en'), en);
  });
}

test('says it in Korean', () => {
  const errors = Compile(PlaceOrderRequest).Errors({ item: 'a', qty: 1, price: 1 });
  assert.equal(describeFaults(errors, 'body', 'ko'), '모르는 필드: price');
});
