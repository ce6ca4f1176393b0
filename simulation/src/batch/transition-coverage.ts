import { orderTransitions } from '../../../services/app/src/domain/order-transitions.ts';
import { mileageTransitions } from '../../../services/marketing/src/domain/mileage-transitions.ts';
import { paymentTransitions } from '../../../services/pay/src/domain/payment-transitions.ts';
import { deliveryTransitions } from '../../../services/store/src/domain/delivery-transitions.ts';

type Table = Record<string, Record<string, unknown>>;
const tables: Readonly<Record<string, Table>> = {
  order: orderTransitions as unknown as Table,
  payment: paymentTransitions as unknown as Table,
  delivery: deliveryTransitions as unknown as Table,
  mileage: mileageTransitions as unknown as Table,
};

/** Transitions that a batch need not take, each with the reason; each is tested with its table. */
const exempt: Readonly<Record<string, string>> = {
  'payment: Requested × giveUp':
    'it takes ten minutes in which the PSP says nothing, longer than a run lasts',
  'order: Pending × noteShipped': 'our store ships no order that has not formed; a Java store may',
  ...Object.fromEntries(
    ['form', 'notePayment', 'failPayment', 'notePaymentCancelled'].map((command) => [
      `order: PendingShipped × ${command}`,
      'our store ships no order that has not formed; a Java store may',
    ]),
  ),
  ...Object.fromEntries(
    ['charged', 'declined', 'giveUp'].map((command) => [
      `payment: CancelUnmatched × ${command}`,
      'it takes a pay that lost a payment, or a person: no run has either',
    ]),
  ),
  'order: PaymentFailed × form':
    'it takes a second call for the same order, in flight at another copy while the first is refused unsent: none in 20,000 runs',
  'order: PaymentReturned × form':
    'it takes a payment that is made, taken back and told of in the wrong order within one call: none in 20,000 runs',
};

/** Every transition that leads to another state, as `order: Pending × form`. */
export const leadingTransitions: readonly string[] = Object.entries(tables)
  .flatMap(([name, table]) =>
    Object.entries(table).flatMap(([state, row]) =>
      Object.entries(row).flatMap(([command, transition]) =>
        typeof transition === 'object' && transition !== null && 'to' in transition
          ? [`${name}: ${state} × ${command}`]
          : [],
      ),
    ),
  )
  .filter((transition) => !(transition in exempt));

/** Notes which entries of the state tables are looked up from now on. */
export function watchTransitions(): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const [name, table] of Object.entries(tables))
    for (const [state, row] of Object.entries(table))
      table[state] = new Proxy(row, {
        get: (entries, command: string) => {
          taken.add(`${name}: ${state} × ${command}`);
          return entries[command];
        },
      });
  return taken;
}
