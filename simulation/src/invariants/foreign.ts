import { orderIdOf, type PhoneEvent } from '@phone82/contracts';
import { pointOf } from '../../../services/marketing/src/domain/mileage.ts';
import type { Evidence } from './evidence.ts';

const GRANTS_NO_MORE = ['PromoCompleted', 'PromoCancelled', 'PayCancelled'];

/** I11: what another implementation did before ours began is not done again. */
export function* theirsIsNotDoneAgain({ world }: Evidence): Generator<string> {
  const { store, marketing } = world.databases;
  const ours = [...store.committed.values(), ...marketing.committed.values()];
  for (const { value } of ours) {
    const event = JSON.parse(value) as PhoneEvent;
    const id = orderIdOf(event);
    const past = world.past.get(id);
    if (event.eventType === 'Shipped' && past?.has('Shipped'))
      yield `the order ${id} had been shipped by another store, and ours shipped it again`;
    if (event.eventType === 'PromoCompleted' && GRANTS_NO_MORE.some((type) => past?.has(type)))
      yield `the mileage of ${id} had been granted or cancelled elsewhere, and ours granted it`;
  }
}

/** I11: what another implementation did is known here. */
export function* theirsIsKnown({ world, deliveries, mileages }: Evidence): Generator<string> {
  for (const [id, past] of world.past) {
    const delivery = deliveries.get(id)?.state;
    if (past.has('Shipped') && delivery !== 'Shipped' && delivery !== 'ReturnRequested')
      yield `the order ${id} had been shipped by another store, and its delivery is ${delivery}`;
    const mileage = mileages.get(id);
    const points = mileage && pointOf(mileage);
    const isTakenBack = past.has('PromoCancelled') || past.has('PayCancelled');
    if (isTakenBack && points !== 0) yield `the mileage of ${id} was cancelled elsewhere, and is ${points}`;
    if (!isTakenBack && past.has('PromoCompleted') && points === undefined)
      yield `the mileage of ${id} was granted elsewhere, and is not known`;
  }
}
