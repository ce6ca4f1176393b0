import { type MessageContext, orderIdOf, type PhoneEvent } from '@phone82/contracts';
import type { Subscriptions } from '@phone82/messaging';
import type { Transaction } from '@phone82/persistence';
import { foldEvent } from '../domain/fold-event.ts';
import { emptyView, type OrderView } from '../domain/order-view.ts';

const fold = async (event: PhoneEvent, transaction: Transaction<OrderView>, message: MessageContext) => {
  const view = (await transaction.get(orderIdOf(event))) ?? emptyView(orderIdOf(event));
  const next = foldEvent(view, event, message);
  if (next !== view) transaction.put(next);
};

/** Every event of every service becomes a part of its order's view. */
export const foldEvents: Subscriptions<OrderView> = {
  Ordered: fold,
  OrderCancelled: fold,
  PayCompleted: fold,
  PayCancelled: fold,
  Shipped: fold,
  PromoCompleted: fold,
  PromoCancelled: fold,
};
