import { type Migration, platformMigrations } from '@phone82/persistence';
import { createOrders } from './0001-orders.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-orders': createOrders,
};
