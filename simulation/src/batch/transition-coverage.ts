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

/** Transitions that no run can take, each with the reason. */
const unreachable: Readonly<Record<string, string>> = {
  'payment: Requested × giveUp':
    'it takes ten minutes in which the PSP says nothing, longer than a run lasts',
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
  .filter((transition) => !(transition in unreachable));

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
