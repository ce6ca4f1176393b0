import { Problem } from '@phone82/contracts';
import type { Transaction } from '@phone82/persistence';
import { type DeliveryDetails, decideDelivery } from '../domain/decide-delivery.ts';
import { type Delivery, processOf } from '../domain/delivery.ts';
import type { DeliveryCommand } from '../domain/delivery-transitions.ts';

/** Takes a command to a delivery inside a transaction; its events leave with the same commit. */
export function applyToDelivery(
  transaction: Transaction<Delivery>,
  delivery: Delivery,
  command: DeliveryCommand,
  details: DeliveryDetails = {},
): Delivery {
  const decision = decideDelivery(delivery, command, details);
  if (decision.kind === 'refused') throw new Problem(decision.code, { process: processOf(delivery) });
  if (decision.kind === 'unchanged') return delivery;
  transaction.put(decision.delivery);
  transaction.publish(...decision.events);
  return decision.delivery;
}
