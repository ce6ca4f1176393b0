import type { EventOf } from '@phone82/contracts';
import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import { causeAtHand } from '@phone82/telemetry';
import type { MileageChange } from '../domain/decide-mileage.ts';
import type { Mileage } from '../domain/mileage.ts';
import { changeMileage } from './change-mileage.ts';
import type { MarketingPorts } from './ports.ts';

/**
 * A completed payment earns the promotion's points, once per order: at once, or where it comes from the backlog, when all of that
 * is read. What was granted or taken back before, here or by another implementation, is noted and not told again.
 */
export function followPayments({
  environment,
  promotion,
}: Pick<MarketingPorts, 'environment' | 'promotion'>): Subscriptions<Mileage> {
  const points = promotion.pointsPerOrder;
  const change = async (event: Told, transaction: Transaction<Mileage>, made: MileageChange) => {
    const order = { orderId: event.orderId, customerId: event.customerId ?? 'demo' };
    await changeMileage(transaction, order, made, environment.now());
  };
  return {
    PayCompleted: (event, transaction, { isBacklog }) =>
      change(
        event,
        transaction,
        isBacklog
          ? { command: 'postpone', reason: 'PayCompleted', cause: causeAtHand() }
          : { command: 'grant', points, reason: 'PayCompleted' },
      ),
    // The Java pay tells of a cancel also where it did not reach marketing.
    PayCancelled: (event, transaction, { isBacklog }) =>
      change(event, transaction, { command: isBacklog ? 'noteCancelled' : 'cancel', reason: 'PayCancelled' }),
    PromoCompleted: (event, transaction) =>
      change(event, transaction, {
        command: 'noteGranted',
        points: event.point ?? points,
        reason: 'PromoCompleted',
      }),
    PromoCancelled: (event, transaction) =>
      change(event, transaction, { command: 'noteCancelled', reason: 'PromoCancelled' }),
  };
}

type Told = EventOf<'PayCompleted' | 'PayCancelled' | 'PromoCompleted' | 'PromoCancelled'>;
