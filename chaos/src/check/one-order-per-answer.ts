import { ownersOf } from '../observe/owners.ts';
import type { Check, Violation } from './evidence.ts';

const violation = (what: string, orderId?: number): Violation => ({ invariant: 'I1', what, orderId });
const neverFormed = new Set(['nowhere', 'Pending', 'PaymentFailed']);

/** I1: whoever was told of an order has exactly that one, and none stands that nobody asked for. */
export const oneOrderPerAnswer: Check = ({ journeys, orders }) => {
  const found: Violation[] = [];
  const claimed = new Map<number, number>();
  for (const { index, formed } of journeys) {
    if (formed.size > 1) found.push(violation(`customer ${index} has ${formed.size} orders: ${[...formed]}`));
    for (const id of formed) {
      const other = claimed.get(id);
      if (other !== undefined) found.push(violation(`is customer ${index}'s and customer ${other}'s`, id));
      claimed.set(id, index);
      const status = orders.get(id)?.status ?? 'nowhere';
      if (neverFormed.has(status))
        found.push(violation(`its customer was told that it formed, but it is ${status}`, id));
    }
  }
  const owners = ownersOf(journeys);
  const unowned = [...orders].filter(([id, { status }]) => status === 'Shipped' && !owners.has(id));
  const unanswered = journeys.filter(mayHaveOrdered);
  if (unowned.length > unanswered.length)
    found.push(
      violation(
        `${unowned.length} orders are no one's, but only ${unanswered.length} customers got no answer`,
      ),
    );
  return found;
};

/** It knows of no order, and at least once it got no answer, or one that leaves open what happened. */
const mayHaveOrdered = ({ formed, answers }: { formed: ReadonlySet<number>; answers: readonly number[] }) =>
  formed.size === 0 && answers.some((status) => status === 0 || status >= 500);
