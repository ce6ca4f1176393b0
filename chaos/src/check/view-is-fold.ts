import type { Fields } from '../observe/records.ts';
import type { Check, Invariant } from './evidence.ts';

const journey: readonly (readonly [eventType: string, status: string])[] = [
  ['PayCancelled', 'PayCancelled'],
  ['OrderCancelled', 'OrderCancelled'],
  ['Shipped', 'Shipped'],
  ['PayCompleted', 'Payed'],
  ['Ordered', 'Ordered'],
];

/** I5 and I7: each event reached the view once, none is missing, and the view is what they add up to. */
export const viewIsFoldOfEvents: Check = ({ orders, deliveries, views }) =>
  [...views].flatMap(([orderId, view]) => {
    const order = orders.get(orderId);
    const types = (view.timeline as readonly Fields[]).map(({ eventType }) => eventType as string);
    const faults: [Invariant, string][] = [];
    for (const type of new Set(types)) {
      const times = types.filter((other) => other === type).length;
      if (times > 1) faults.push(['I5', `${type} is in its view ${times} times`]);
    }
    for (const type of expectedEvents(order, deliveries.get(orderId)))
      if (!types.includes(type)) faults.push(['I5', `${type} is not in its view`]);
    if (view.version !== types.length)
      faults.push(['I7', `${types.length} events make version ${view.version}`]);
    const status = journey.find(([type]) => types.includes(type))?.[1];
    if (view.status !== status)
      faults.push(['I7', `its events add up to ${status}, its view is ${view.status}`]);
    const point = types.includes('PromoCancelled') ? 0 : types.includes('PromoCompleted') ? 300_000 : null;
    if (view.point !== point)
      faults.push(['I7', `its events add up to ${point} points, its view is ${view.point}`]);
    return faults.map(([invariant, what]) => ({ invariant, orderId, what }));
  });

/** What the owners' records say was published. */
function expectedEvents(order: Fields | undefined, delivery: Fields | undefined): readonly string[] {
  if (!order) return [];
  const left = delivery?.process === 'Shipped' || delivery?.process === 'ReturnRequested';
  return [
    ...(left ? ['Ordered', 'PayCompleted', 'Shipped'] : []),
    ...(order.status === 'PayCancelled' ? ['OrderCancelled', 'PayCancelled', 'PromoCancelled'] : []),
    ...(order.status === 'Shipped' ? ['PromoCompleted'] : []),
  ];
}
