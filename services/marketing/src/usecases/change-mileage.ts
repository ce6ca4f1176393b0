import type { Transaction } from '@phone82/persistence';
import { decideMileage, type MileageChange } from '../domain/decide-mileage.ts';
import { type Mileage, noMileage } from '../domain/mileage.ts';

/** Takes a change to an order's mileage inside a transaction; its events leave with the same commit. */
export async function changeMileage(
  transaction: Transaction<Mileage>,
  order: { readonly orderId: number; readonly customerId: string },
  change: MileageChange,
  now: number,
): Promise<Mileage> {
  const mileage = (await transaction.get(order.orderId)) ?? noMileage(order.orderId, order.customerId);
  const decision = decideMileage(mileage, change, now);
  if (!decision) return mileage;
  transaction.put(decision.mileage);
  transaction.publish(...decision.events);
  return decision.mileage;
}
