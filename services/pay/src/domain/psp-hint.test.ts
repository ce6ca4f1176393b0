import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentState } from './payment.ts';
import { paymentTransitions } from './payment-transitions.ts';
import { type HintedStatus, isWorthALookUp } from './psp-hint.ts';

const worth: Record<PaymentState, string> = {
  Requested: '',
  Unknown: 'charged cancelled other',
  VoidRequested: 'charged cancelled other',
  Payed: '',
  Declined: 'charged',
  CancelPending: 'cancelled',
  PayCancelled: '',
  CancelUnmatched: 'charged',
  Voided: 'charged',
};

for (const [state, statuses] of Object.entries(worth))
  test(`a payment in ${state} is looked up on news of: ${statuses || 'nothing'}`, () => {
    const all: HintedStatus[] = ['charged', 'cancelled', 'other'];
    assert.equal(
      all
        .filter((status) =>
          isWorthALookUp({ state: state as PaymentState, refundRefusedCode: 'REFUND_REJECTED' }, status),
        )
        .join(' '),
      statuses,
    );
  });

test('a refund that the PSP did not refuse is left to its own call', () => {
  assert.equal(isWorthALookUp({ state: 'CancelPending', refundRefusedCode: null }, 'cancelled'), false);
});

test('whatever becomes of a payment that was charged, news of the charge is worth nothing', () => {
  const reached = new Set<PaymentState>(['Payed']);
  for (const state of reached)
    for (const next of Object.values(paymentTransitions[state]))
      if (typeof next === 'object' && 'to' in next) reached.add(next.to);
  assert.deepEqual([...reached].sort(), ['CancelPending', 'PayCancelled', 'Payed']);
  for (const state of reached)
    assert.equal(isWorthALookUp({ state, refundRefusedCode: 'REFUND_REJECTED' }, 'charged'), false);
});
