import type { Records } from '../observe/records.ts';
import type { Check, Violation } from './evidence.ts';

const passing = {
  orders: ['Pending', 'Ordered', 'Payed', 'OrderCancelled'],
  payments: ['Requested', 'Unknown'],
  deferredCancels: ['CancelPending'],
  deliveries: ['Ordered', 'Payed'],
};

/** I8 and I9: nothing is left on its way, no cancel is left waiting, and no message was given up. */
export const atRest: Check = ({ orders, payments, deliveries, deadLetters }) => [
  ...left('I8', orders, 'status', passing.orders),
  ...left('I8', payments, 'process', passing.payments),
  ...left('I9', payments, 'process', passing.deferredCancels),
  ...left('I8', deliveries, 'process', passing.deliveries),
  ...Object.entries(deadLetters)
    .filter(([, count]) => count > 0)
    .map(([service, count]) => ({ invariant: 'I8' as const, what: `${service} has ${count} dead letters` })),
];

const left = (
  invariant: Violation['invariant'],
  records: Records,
  field: string,
  states: readonly string[],
): Violation[] =>
  [...records]
    .filter(([, record]) => states.includes(record[field]))
    .map(([orderId, record]) => ({ invariant, orderId, what: `its ${field} is still ${record[field]}` }));
