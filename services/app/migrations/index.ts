import { type Migration, platformMigrations } from '@phone82/persistence';
import { createOrders } from './0001-orders.ts';
import { keepCauseOfOrders } from './0002-cause-of-orders.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-orders': createOrders,
  '0002-cause-of-orders': keepCauseOfOrders,
};
