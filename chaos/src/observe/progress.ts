import type { End } from './owners.ts';
import type { Fields } from './records.ts';

const POINT = 300_000;
const journeyOf = ['Pending', 'Ordered', 'Payed', 'Shipped', 'OrderCancelled', 'PayCancelled'];

/** Whether an order has come to its end, as its owner and its customer's view have it. */
export function isAtItsEnd(order: Fields | undefined, view: Fields | undefined, end: End): boolean {
  // A number that was never given away, or an order that never formed.
  if (!order || order.status === 'PaymentFailed') return true;
  const stands = order.status === 'Shipped' && order.point === POINT;
  const takenBack = order.status === 'PayCancelled' && order.point === 0;
  const isWanted = end === 'stands' ? stands : end === 'takenBack' ? takenBack : stands || takenBack;
  return isWanted && view?.status === order.status && view?.point === order.point;
}

/** What went backwards between two looks at an order; undefined if nothing did. */
export function stepBack(before: Fields | undefined, now: Fields): string | undefined {
  if (!before) return undefined;
  if (before.version > now.version)
    return `the version of its view fell from ${before.version} to ${now.version}`;
  if (journeyOf.indexOf(before.status) > journeyOf.indexOf(now.status))
    return `its status went back from ${before.status} to ${now.status}`;
  if (before.point === 0 && now.point !== 0) return `its mileage came back after it was cancelled`;
  return undefined;
}
