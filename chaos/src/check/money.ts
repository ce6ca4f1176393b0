import { type Check, net, type Violation } from './evidence.ts';

const standing = new Set(['Ordered', 'Payed', 'Shipped']);

/** I2: the PSP's own ledger nets to the price of every order that stands, and to nothing for all else. */
export const moneyIsRight: Check = ({ orders, ledger, reconciliation }) => {
  const found: Violation[] = [];
  const violation = (orderId: number, what: string) => found.push({ invariant: 'I2', orderId, what });
  for (const id of new Set([...orders.keys(), ...ledger.keys()])) {
    const order = orders.get(id);
    const balance = ledger.get(id);
    const wanted = standing.has(order?.status) ? order?.price : 0;
    if (net(balance) !== wanted)
      violation(id, `${order?.status ?? 'no order'}: the PSP holds ${net(balance)} won, not ${wanted}`);
    if ((balance?.charges ?? 0) > 1) violation(id, `charged ${balance?.charges} times`);
    if ((balance?.refunds ?? 0) > (balance?.charges ?? 0))
      violation(id, `refunded ${balance?.refunds} times`);
  }
  if (reconciliation !== undefined)
    found.push({ invariant: 'I2', what: `the reconciliation: ${reconciliation}` });
  return found;
};
