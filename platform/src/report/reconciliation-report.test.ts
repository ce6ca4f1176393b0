import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderReconciliationReport, reconciliationReport } from './reconciliation-report.ts';

const clean = {
  from: '2026-01-30',
  to: '2026-01-31',
  transactions: 5,
  orders: 4,
  moving: 0,
  total: 0,
  differences: [],
};
const difference = {
  kind: 'chargedOnlyThere',
  orderId: 7,
  pspOrderId: 'phone82-7',
  process: 'Declined',
  price: 500_000,
  charged: 500_000,
  refunded: 0,
};

test('says that there is no difference, and of how much', () => {
  assert.deepEqual(reconciliationReport(clean), [
    '2026-01-30 to 2026-01-31: 4 orders compared with 5 transactions of the PSP',
    'there are no differences',
  ]);
});

test('lists each difference, and how many more there are', () => {
  const lines = reconciliationReport({
    ...clean,
    to: '2026-01-30',
    moving: 1,
    total: 3,
    differences: [difference],
  });
  assert.deepEqual(lines, [
    '2026-01-30: 4 orders compared with 5 transactions of the PSP',
    '1 of them changed just now and are left for the next time',
    '3 orders differ:',
    'order  at the PSP  difference        payment   price   charged  refunded',
    '    7  phone82-7   chargedOnlyThere  Declined  500000   500000         0',
    'and 2 more',
  ]);
});

test('lists orders that differ from their payments', () => {
  const clean = { orders: 260, moving: 0, total: 0, differences: [] };
  assert.deepEqual(orderReconciliationReport(clean), [
    '260 orders compared with the payments of pay',
    'there are no differences',
  ]);
  const lost = { orderId: 61, status: null, price: null, process: 'Payed', charged: 899_000 };
  const lines = orderReconciliationReport({
    ...clean,
    moving: 2,
    total: 2,
    differences: [{ kind: 'paymentWithoutOrder', ...lost }],
  });
  assert.deepEqual(lines, [
    '260 orders compared with the payments of pay',
    '2 of them changed just now and are left for the next time',
    '2 orders differ:',
    'order  difference           status  price  payment  charged',
    '   61  paymentWithoutOrder  -       -      Payed     899000',
    'and 1 more',
  ]);
});
