import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import { causeAtHand } from '@phone82/telemetry';
import type { DeliveryDetails } from '../domain/decide-delivery.ts';
import { type Delivery, noDelivery } from '../domain/delivery.ts';
import type { DeliveryCommand } from '../domain/delivery-transitions.ts';
import { sentAs } from '../domain/import-delivery.ts';
import { applyToDelivery } from './change-delivery.ts';
import type { StorePorts } from './ports.ts';

/** What reaches the shop: orders, payments, cancels and what has left already, in whatever order they come. */
export function receiveOrders({
  environment,
  shipping,
}: Pick<StorePorts, 'environment' | 'shipping'>): Subscriptions<Delivery> {
  const receive = async (
    transaction: Transaction<Delivery>,
    order: { orderId: number; customerId?: string | undefined },
    command: DeliveryCommand,
    details?: DeliveryDetails,
  ) => {
    const before =
      (await transaction.get(order.orderId)) ?? noDelivery(order.orderId, order.customerId ?? 'demo');
    const after = applyToDelivery(transaction, before, command, details);
    if (before.state !== 'Payed' && after.state === 'Payed') arrangeShipping(transaction, after);
  };

  const arrangeShipping = (transaction: Transaction<Delivery>, delivery: Delivery) => {
    if (shipping.manual) return;
    const shipAt = environment.now() + shipping.delayMs;
    transaction.put({ ...delivery, shipAt, cause: causeAtHand() });
  };

  return {
    Ordered: (event, transaction) =>
      receive(transaction, { orderId: event.id, customerId: event.customerId }, 'noteOrder', {
        item: event.item ?? null,
        qty: event.qty ?? null,
      }),
    PayCompleted: (event, transaction) => receive(transaction, event, 'notePayment'),
    Shipped: (event, transaction) => receive(transaction, event, 'noteShipped', sentAs(event)),
    OrderCancelled: (event, transaction) =>
      receive(transaction, { orderId: event.id, customerId: event.customerId }, 'cancel'),
    PayCancelled: (event, transaction) => receive(transaction, event, 'cancel'),
  };
}
