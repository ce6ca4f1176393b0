import type { Fields, Records } from '../observe/records.ts';
import { type Check, net } from './evidence.ts';

/** I3: where the money went back, so did the mileage, and no parcel left afterwards. */
export const takenBackEntirely: Check = ({ orders, payments, deliveries, mileages, views, ledger }) => {
  const ids = [...payments].filter(([, { process }]) => process === 'PayCancelled').map(([id]) => id);
  return ids.flatMap((id) => {
    const faults: string[] = [];
    if (net(ledger.get(id)) !== 0) faults.push(`PayCancelled, but the PSP holds ${net(ledger.get(id))} won`);
    const points = [mileages.get(id)?.point, orders.get(id)?.point].filter((point) => point);
    if (points.length > 0) faults.push(`PayCancelled, but its mileage is ${points[0]}`);
    if (deliveries.get(id)?.process === 'Shipped') faults.push('PayCancelled, but it is on its way');
    if (deliveries.get(id)?.process === 'Cancelled' && hasLeft(views.get(id)))
      faults.push('its parcel left, though the shop knew that it was taken back');
    return faults.map((what) => ({ invariant: 'I3' as const, orderId: id, what }));
  });
};

const hasLeft = (view: Fields | undefined): boolean =>
  view?.timeline.some(({ eventType }: Fields) => eventType === 'Shipped') ?? false;

/**
 * Parcels that left after their money had gone back, because the shop heard of the cancel last. Nothing can keep a shop
 * that is cut off from sending what it knows to be paid: such a parcel is asked back.
 */
export const leftAfterRefund = (views: Records): number =>
  [...views.values()].filter(({ timeline }) => {
    const at = new Map((timeline as readonly Fields[]).map((entry) => [entry.eventType, entry.at]));
    return at.has('PayCancelled') && at.get('Shipped') > at.get('PayCancelled');
  }).length;
