import type { EventBody } from '@phone82/contracts';
import { type Mileage, type MileageEntry, pointOf } from './mileage.ts';
import { mileageTransitions } from './mileage-transitions.ts';

export type MileageChange =
  | {
      readonly command: 'grant' | 'grantDue' | 'noteGranted';
      readonly points: number;
      readonly reason: string;
    }
  | { readonly command: 'cancel' | 'noteCancelled'; readonly reason: string }
  | { readonly command: 'postpone'; readonly reason: string; readonly cause: string | null };

export interface MileageDecision {
  readonly mileage: Mileage;
  readonly events: readonly EventBody[];
}

/** What a grant, a cancel or the news of one makes of an order's mileage, by the transition table; undefined when nothing. */
export function decideMileage(
  mileage: Mileage,
  change: MileageChange,
  now: number,
): MileageDecision | undefined {
  const transition = mileageTransitions[mileage.state][change.command];
  if (typeof transition === 'string' || 'refuse' in transition) return undefined;
  const amount = amountOf(change, mileage);
  const entry: MileageEntry = { amount, reason: change.reason, at: now };
  const isDue = change.command === 'postpone';
  const next: Mileage = {
    ...mileage,
    state: transition.to,
    process: processAfter[change.command] ?? change.reason,
    entries: amount === 0 ? mileage.entries : [...mileage.entries, entry],
    dueAt: isDue ? now : null,
    cause: isDue ? change.cause : null,
  };
  return { mileage: next, events: (transition.emits ?? []).map((type) => mileageEvent(type, next)) };
}

/** What another implementation did has the process that it would have here; the ledger says where it was heard of. */
const processAfter: Readonly<Partial<Record<MileageChange['command'], string>>> = {
  noteGranted: 'PayCompleted',
  noteCancelled: 'PayCancelled',
};

function amountOf(change: MileageChange, mileage: Mileage): number {
  if ('points' in change) return change.points;
  return change.command === 'postpone' ? 0 : -pointOf(mileage);
}

function mileageEvent(eventType: string, mileage: Mileage): EventBody {
  const { id, process, customerId } = mileage;
  return { eventType, id, orderId: id, point: pointOf(mileage), process, customerId } as EventBody;
}
