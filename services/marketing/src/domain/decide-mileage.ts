import type { EventBody } from '@phone82/contracts';
import { type Mileage, type MileageEntry, pointOf } from './mileage.ts';
import { mileageTransitions } from './mileage-transitions.ts';

export type MileageChange =
  | { readonly command: 'grant'; readonly points: number; readonly reason: string }
  | { readonly command: 'cancel'; readonly reason: string };

export interface MileageDecision {
  readonly mileage: Mileage;
  readonly events: readonly EventBody[];
}

/** What a grant or a cancel makes of an order's mileage, by the transition table; undefined when nothing. */
export function decideMileage(
  mileage: Mileage,
  change: MileageChange,
  now: number,
): MileageDecision | undefined {
  const transition = mileageTransitions[mileage.state][change.command];
  if (typeof transition === 'string' || 'refuse' in transition) return undefined;
  const amount = change.command === 'grant' ? change.points : -pointOf(mileage);
  const entry: MileageEntry = { amount, reason: change.reason, at: now };
  const next: Mileage = {
    ...mileage,
    state: transition.to,
    process: change.reason,
    entries: amount === 0 ? mileage.entries : [...mileage.entries, entry],
  };
  return { mileage: next, events: (transition.emits ?? []).map((type) => mileageEvent(type, next)) };
}

function mileageEvent(eventType: string, mileage: Mileage): EventBody {
  const { id, process, customerId } = mileage;
  return { eventType, id, orderId: id, point: pointOf(mileage), process, customerId } as EventBody;
}
