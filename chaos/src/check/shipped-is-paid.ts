import type { Check } from './evidence.ts';

const left = new Set(['Shipped', 'ReturnRequested']);

/** I4: what left was charged. */
export const shippedIsPaid: Check = ({ deliveries, ledger }) =>
  [...deliveries]
    .filter(([id, { process }]) => left.has(process) && !ledger.get(id)?.charges)
    .map(([orderId]) => ({ invariant: 'I4', orderId, what: 'shipped, but never charged' }));
