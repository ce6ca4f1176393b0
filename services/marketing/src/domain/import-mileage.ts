import type { EventOf } from '@phone82/contracts';
import { decideMileage, type MileageChange } from './decide-mileage.ts';
import { type Mileage, noMileage } from './mileage.ts';

interface Told {
  readonly orderId: number;
  readonly customerId?: string | null | undefined;
}

/** What an event of the log's history makes of an order's mileage; nothing is told. */
function note(
  mileage: Mileage | undefined,
  { orderId, customerId }: Told,
  change: MileageChange,
  at: number,
): Mileage {
  const before = mileage ?? noMileage(orderId, customerId ?? 'demo');
  return decideMileage(before, change, at)?.mileage ?? before;
}

/** Mileage from the history of the log, in whatever order its events come; `points` where a grant does not say how many. */
export const mileageHistory = (points: number) => ({
  beginning: {
    PromoCompleted: (mileage: Mileage | undefined, event: EventOf<'PromoCompleted'>, at: number) =>
      note(
        mileage,
        event,
        { command: 'noteGranted', points: event.point ?? points, reason: 'PromoCompleted' },
        at,
      ),
  },
  following: {
    PromoCancelled: (mileage: Mileage | undefined, event: EventOf<'PromoCancelled'>, at: number) =>
      note(mileage, event, { command: 'noteCancelled', reason: 'PromoCancelled' }, at),
    PayCancelled: (mileage: Mileage | undefined, event: EventOf<'PayCancelled'>, at: number) =>
      note(mileage, event, { command: 'noteCancelled', reason: 'PayCancelled' }, at),
    PayCompleted: (mileage: Mileage | undefined, event: EventOf<'PayCompleted'>, at: number) =>
      note(mileage, event, { command: 'postpone', reason: 'PayCompleted', cause: null }, at),
  },
});
