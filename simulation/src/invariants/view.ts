import type { PhoneEvent } from '@phone82/contracts';
import { statusOf as statusOfOrder } from '../../../services/app/src/domain/order.ts';
import { foreignCustomer, isForeign } from '../world/foreign-orders.ts';
import type { Evidence } from './evidence.ts';

const rank: readonly string[] = ['', 'Ordered', 'Payed', 'Shipped', 'OrderCancelled', 'PayCancelled'];
const statusOf: Readonly<Partial<Record<PhoneEvent['eventType'], string>>> = {
  Ordered: 'Ordered',
  PayCompleted: 'Payed',
  Shipped: 'Shipped',
  OrderCancelled: 'OrderCancelled',
  PayCancelled: 'PayCancelled',
};

/** I7: the view is what the events of the log come to, told in another way than the product does. */
export function* viewIsTheFold({ events, views }: Evidence): Generator<string> {
  const byOrder = Map.groupBy(events, ({ orderId }) => orderId);
  for (const [id, its] of byOrder) {
    const view = views.get(id);
    const types = new Set(its.map(({ event }) => event.eventType));
    const furthest = Math.max(...[...types].map((type) => rank.indexOf(statusOf[type] ?? '')));
    const point = types.has('PromoCancelled') ? 0 : types.has('PromoCompleted') ? 300_000 : null;
    const shown = {
      status: view?.status ?? '',
      point: view?.point ?? null,
      events: ids(view?.timeline ?? []),
    };
    const expected = { status: rank[furthest] as string, point, events: ids(its) };
    if (JSON.stringify(shown) !== JSON.stringify(expected))
      yield `the view of ${id} shows ${JSON.stringify(shown)}, the events say ${JSON.stringify(expected)}`;
  }
  for (const id of views.keys())
    if (!byOrder.has(id)) yield `the view shows the order ${id}, of which no event tells`;
}

const ids = (of: readonly { readonly messageId: string }[]) =>
  of
    .map(({ messageId }) => messageId)
    .sort()
    .join(' ');

/** I7: what the customer sees is what the owners of the states say. */
export function* viewAgreesWithOwners({ orders, views }: Evidence): Generator<string> {
  for (const { id, customerId } of views.values())
    if (isForeign(id) && customerId !== foreignCustomer(id))
      yield `the order ${id} of ${foreignCustomer(id)} is shown to ${customerId}`;
  for (const order of orders.values()) {
    const { id, point, customerId } = order;
    const view = views.get(id);
    const status = statusOfOrder(order);
    if (status === 'PaymentFailed') continue;
    if (view?.status !== status || view.point !== point)
      yield `the view of ${id} shows ${view?.status} and ${view?.point} points, app says ${status} and ${point}`;
    if (view?.customerId !== customerId)
      yield `the order ${id} of ${customerId} is shown to ${view?.customerId}`;
  }
}
