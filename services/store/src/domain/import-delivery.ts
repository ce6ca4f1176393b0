import type { EventOf } from '@phone82/contracts';
import { type DeliveryDetails, decideDelivery } from './decide-delivery.ts';
import { type Delivery, noDelivery } from './delivery.ts';
import type { DeliveryCommand } from './delivery-transitions.ts';

/** A paid delivery that did not leave is to leave so; null where the agency ships by hand. */
export type ShipAt = () => number | null;

interface Told {
  readonly orderId: number;
  readonly customerId?: string | null | undefined;
}

/** What an event of the log's history makes of a delivery: the same as when it comes in, and nothing is told. */
function note(
  delivery: Delivery | undefined,
  { orderId, customerId }: Told,
  command: DeliveryCommand,
  details: DeliveryDetails,
  shipAt: ShipAt,
): Delivery {
  const before = delivery ?? noDelivery(orderId, customerId ?? 'demo');
  const decision = decideDelivery(before, command, details);
  if (decision.kind !== 'changed') return before;
  const after = decision.delivery;
  return after.state === 'Payed' ? { ...after, shipAt: shipAt() } : after;
}

/** Deliveries from the history of the log, in whatever order their events come. */
export const deliveryHistory = (shipAt: ShipAt) => ({
  beginning: {
    Ordered: (delivery: Delivery | undefined, event: EventOf<'Ordered'>) =>
      note(
        delivery,
        { ...event, orderId: event.id },
        'noteOrder',
        { item: event.item ?? null, qty: event.qty ?? null },
        shipAt,
      ),
    Shipped: (delivery: Delivery | undefined, event: EventOf<'Shipped'>) =>
      note(delivery, event, 'noteShipped', sentAs(event), shipAt),
  },
  following: {
    PayCompleted: (delivery: Delivery | undefined, event: EventOf<'PayCompleted'>) =>
      note(delivery, event, 'notePayment', {}, shipAt),
    OrderCancelled: (delivery: Delivery | undefined, event: EventOf<'OrderCancelled'>) =>
      note(delivery, { ...event, orderId: event.id }, 'cancel', {}, shipAt),
    PayCancelled: (delivery: Delivery | undefined, event: EventOf<'PayCancelled'>) =>
      note(delivery, event, 'cancel', {}, shipAt),
  },
});

/** A Java store leaves item and address null: what Ordered told stays then. */
export const sentAs = ({ item, address }: EventOf<'Shipped'>): DeliveryDetails => ({
  ...(item && { item }),
  ...(address && { address }),
});
