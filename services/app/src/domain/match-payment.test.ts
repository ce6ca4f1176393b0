import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isRefundOf, matchPayment, type PaymentMatch, type PaymentSeen } from './match-payment.ts';
import type { Order } from './order.ts';

const order = (reference: string | null) => ({ id: 7, price: 900, reference }) as Order;
const own = { orderId: 7, price: 900 };

type Case = readonly [seen: PaymentSeen, strict: PaymentMatch, lenient: PaymentMatch];

const cases: Readonly<Record<'ref' | 'none', readonly Case[]>> = {
  ref: [
    [{ ...own, reference: 'ref' }, 'own', 'own'],
    [{ ...own, price: 1, reference: 'ref' }, 'foreign', 'foreign'],
    [{ ...own, orderId: 8, reference: 'ref' }, 'foreign', 'foreign'],
    [{ ...own, reference: 'other' }, 'foreign', 'foreign'],
    [{ ...own, reference: null }, 'foreign', 'own'],
    [own, 'unknown', 'own'],
    [{ ...own, price: 1 }, 'unknown', 'unknown'],
    [{ ...own, orderId: 8 }, 'unknown', 'unknown'],
    [{ ...own, price: null }, 'unknown', 'unknown'],
    [{}, 'unknown', 'unknown'],
  ],
  none: [
    [{ ...own, reference: null }, 'own', 'own'],
    [own, 'own', 'own'],
    [{ ...own, price: 1 }, 'unknown', 'unknown'],
    [{ ...own, reference: 'other' }, 'foreign', 'foreign'],
  ],
};

for (const [kind, its] of Object.entries(cases)) {
  const asked = order(kind === 'ref' ? 'ref' : null);
  describe(`to an order with ${kind === 'ref' ? 'a' : 'no'} reference a payment`, () => {
    for (const [seen, strict, lenient] of its)
      test(`${JSON.stringify(seen)} is ${strict}, beside a pay without references ${lenient}`, () => {
        assert.deepEqual(
          [false, true].map((withoutReferences) => matchPayment(asked, seen, { withoutReferences })),
          [strict, lenient],
        );
      });
  });
}

test('a refund is the order’s own by its reference, whatever its price', () => {
  const strict = { withoutReferences: false };
  const lenient = { withoutReferences: true };
  assert.equal(isRefundOf(order('ref'), { orderId: 7, price: 0, reference: 'ref' }, strict), true);
  for (const seen of [{ reference: 'other' }, { reference: null }, {}])
    assert.equal(isRefundOf(order('ref'), seen, strict), false);
  assert.deepEqual(
    [{ reference: 'other' }, { reference: null }, {}].map((seen) => isRefundOf(order('ref'), seen, lenient)),
    [false, true, true],
  );
  assert.equal(isRefundOf(order(null), { reference: null }, strict), true);
});
