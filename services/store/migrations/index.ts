import { type Migration, platformMigrations } from '@phone82/persistence';
import { createDeliveries } from './0001-deliveries.ts';
import { keepCauseOfDeliveries } from './0002-cause-of-deliveries.ts';
import { keepOwnersOfDeliveries } from './0003-owners-of-deliveries.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-deliveries': createDeliveries,
  '0002-cause-of-deliveries': keepCauseOfDeliveries,
  '0003-owners-of-deliveries': keepOwnersOfDeliveries,
};
