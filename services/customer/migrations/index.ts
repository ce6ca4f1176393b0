import { type Migration, platformMigrations } from '@phone82/persistence';
import { createViewGenerations } from './0001-view-generations.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-view-generations': createViewGenerations,
};
