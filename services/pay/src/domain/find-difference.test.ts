import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newPayment } from './decide-payment.ts';
import { findDifference, type PspSums } from './find-difference.ts';
import type { Payment } from './payment.ts';

const DAY = { from: 10_000, to: 20_000 };
const AS_OF = 90_000;
const PRICE = 5_000;

const payment = (fields: Partial<Payment>): Payment => ({
  ...newPayment({ orderId: 7, price: PRICE, customerId: 'demo', reference: null }, 11_000, 0),
  ...fields,
});
const payed = payment({ state: 'Payed', chargedAt: 12_000 });
const returned = payment({ state: 'PayCancelled', chargedAt: 12_000, refundedAt: 15_000 });
const psp = (fields: Partial<PspSums>): PspSums => ({
  pspOrderId: 'phone82-7',
  orderId: 7,
  charges: 0,
  charged: 0,
  refunded: 0,
  lastAt: 15_000,
  ...fields,
});
const charged = psp({ charges: 1, charged: PRICE });
const both = psp({ charges: 1, charged: PRICE, refunded: PRICE });

const cases: Record<string, [PspSums | undefined, Payment | undefined, string | undefined]> = {
  'charged on both sides': [charged, payed, undefined],
  'charged and given back on both sides': [both, returned, undefined],
  'charged on both sides, to be given back': [charged, { ...payed, state: 'CancelPending' }, undefined],
  'given back that day, charged before': [
    psp({ refunded: PRICE }),
    { ...returned, requestedAt: 1_000, chargedAt: 2_000 },
    undefined,
  ],
  'charged that day, given back later': [charged, { ...returned, refundedAt: 50_000 }, undefined],
  'declined on both sides': [undefined, payment({ state: 'Declined' }), undefined],
  'paid with nothing': [undefined, payment({ state: 'Payed', price: 0 }), undefined],
  'taken and given back there, never counted here': [both, payment({ state: 'Declined' }), undefined],
  'charged there for an order that is none': [charged, undefined, 'unknownOrder'],
  'charged twice there': [psp({ charges: 2, charged: 2 * PRICE }), payed, 'chargedTwice'],
  'charged there, declined here': [charged, payment({ state: 'Declined' }), 'chargedOnlyThere'],
  'charged there, never decided here': [charged, payment({ state: 'Unknown' }), 'chargedOnlyThere'],
  'paid here, not there': [undefined, payed, 'chargedOnlyHere'],
  'paid here by our word alone': [undefined, payment({ state: 'Payed' }), 'chargedOnlyHere'],
  'another amount there': [psp({ charges: 1, charged: PRICE + 1 }), payed, 'amountsDiffer'],
  'given back in part there': [
    psp({ charges: 1, charged: PRICE, refunded: 100 }),
    payed,
    'refundedOnlyThere',
  ],
  'given back there, paid here': [both, payed, 'refundedOnlyThere'],
  'given back there a day later, paid here': [
    psp({ refunded: PRICE }),
    { ...payed, chargedAt: 2_000 },
    'refundedOnlyThere',
  ],
  'given back here, not there': [charged, returned, 'refundedOnlyHere'],
  'given back here in full, there in part': [
    psp({ charges: 1, charged: PRICE, refunded: 100 }),
    returned,
    'amountsDiffer',
  ],
  'something happened there just now': [psp({ charges: 2, lastAt: AS_OF }), payed, 'moving'],
  'something happened here just now': [charged, { ...returned, refundedAt: AS_OF }, 'moving'],
  'asked for just now': [undefined, payment({ state: 'Requested', requestedAt: AS_OF }), 'moving'],
};

describe('an order', () => {
  for (const [what, [there, here, expected]] of Object.entries(cases))
    test(`${what}: ${expected ?? 'no difference'}`, () => {
      assert.equal(findDifference(there, here, DAY, AS_OF), expected);
    });
});
