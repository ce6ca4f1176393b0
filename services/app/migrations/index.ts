import { type Migration, platformMigrations } from '@phone82/persistence';
import { createOrders } from './0001-orders.ts';
import { keepCauseOfOrders } from './0002-cause-of-orders.ts';
import { addReferenceToOrders } from './0003-reference-of-orders.ts';
import { reconcileOrders } from './0004-reconciliation-of-orders.ts';
import { findOrdersByOwner } from './0005-owners-of-orders.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-orders': createOrders,
  '0002-cause-of-orders': keepCauseOfOrders,
  '0003-reference-of-orders': addReferenceToOrders,
  '0004-reconciliation-of-orders': reconcileOrders,
  '0005-owners-of-orders': findOrdersByOwner,
};
