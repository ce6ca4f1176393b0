import type { Api } from '../story/api.ts';
import { until } from '../story/until.ts';
import type { Placed } from './drive.ts';

/** The same order in every service. */
export interface Records {
  readonly order: Fields;
  readonly payment: Fields;
  readonly delivery: Fields;
  readonly mileage: Fields;
  readonly view: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

const CONVERGES_WITHIN_MS = 30_000;
const AT_ONCE = 24;

/** What is wrong with an order, as sentences; none if all services agree that it ended as it should. */
export function faultsOf(
  { cancelled }: Placed,
  { order, payment, delivery, mileage, view }: Records,
): string[] {
  const failed = order.status === 'PaymentFailed';
  const wanted: [string, unknown, unknown][] = failed
    ? [['payment.process is not Payed', payment.process !== 'Payed', true]]
    : [
        ['order.status', order.status, cancelled ? 'PayCancelled' : 'Shipped'],
        ['order.point', order.point, cancelled ? 0 : 300_000],
        ['payment.process', payment.process, cancelled ? 'PayCancelled' : 'Payed'],
        ['payment.price', payment.price, order.price],
        ['delivery is shipped', delivery.process === 'Shipped', !cancelled],
        ['mileage.point', mileage.point, cancelled ? 0 : 300_000],
        ['view.status', view.status, order.status],
        ['view.point', view.point, order.point],
        ['view.price', view.price, order.price],
      ];
  return wanted.flatMap(([name, found, expected]) =>
    found === expected ? [] : [`${name} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`],
  );
}

/** Looks at every order in every service until all is well, for as long as the system may take after the last fault. */
export async function verify(placed: readonly Placed[], api: Api): Promise<Map<number, string[]>> {
  const wrong = new Map<number, string[]>();
  const deadline = performance.now() + CONVERGES_WITHIN_MS;
  const waiting = [...placed];
  const worker = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      const { id } = one;
      const look = async () => faultsOf(one, await recordsOf(id, api));
      const faults = await until(
        look,
        (found) => found.length === 0,
        Math.max(0, deadline - performance.now()),
      );
      if (faults.length > 0) wrong.set(id, faults);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return wrong;
}

async function recordsOf(id: number, api: Api): Promise<Records> {
  const [order, payment, delivery, mileage, view] = await Promise.all([
    api.get('app', `/orders/${id}`),
    api.get('pay', `/payments/${id}`),
    api.get('store', `/storeManages/${id}`),
    api.get('marketing', `/marketings/${id}`),
    api.get('customer', `/customers/${id}`),
  ]);
  return {
    order: order.body,
    payment: payment.body,
    delivery: delivery.body,
    mileage: mileage.body,
    view: view.body,
  };
}
