import { type Migration, platformMigrations } from '@phone82/persistence';
import { createMileages } from './0001-mileages.ts';
import { keepDueMileages } from './0002-due-mileages.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-mileages': createMileages,
  '0002-due-mileages': keepDueMileages,
};
