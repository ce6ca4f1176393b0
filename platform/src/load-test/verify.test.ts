import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { faultsOf, type Records } from './verify.ts';

const standing: Records = {
  order: { status: 'Shipped', point: 300_000, price: 899_000 },
  payment: { process: 'Payed', price: 899_000 },
  delivery: { process: 'Shipped' },
  mileage: { point: 300_000 },
  view: { status: 'Shipped', point: 300_000, price: 899_000 },
};
const undone: Records = {
  order: { status: 'PayCancelled', point: 0, price: 899_000 },
  payment: { process: 'PayCancelled', price: 899_000 },
  delivery: { process: 'ReturnRequested' },
  mileage: { point: 0 },
  view: { status: 'PayCancelled', point: 0, price: 899_000 },
};
const kept = { id: 1, cancelled: false };
const cancelled = { id: 1, cancelled: true };

describe('the check after a load', () => {
  test('finds nothing wrong with an order that stands and one that was undone', () => {
    assert.deepEqual([faultsOf(kept, standing), faultsOf(cancelled, undone)], [[], []]);
  });

  test('finds mileage that was kept after a refund', () => {
    assert.deepEqual(faultsOf(cancelled, { ...undone, mileage: { point: 300_000 } }), [
      'mileage.point is 300000, not 0',
    ]);
  });

  test('finds a view that disagrees', () => {
    assert.deepEqual(faultsOf(kept, { ...standing, view: { ...standing.view, status: 'Payed' } }), [
      'view.status is "Payed", not "Shipped"',
    ]);
  });

  test('finds money that was taken for an order that failed', () => {
    const failed: Records = { ...standing, order: { status: 'PaymentFailed' } };
    assert.equal(faultsOf(kept, failed).length, 1);
    assert.deepEqual(faultsOf(kept, { ...failed, payment: { process: 'Voided' } }), []);
  });
});
