import { type Migration, platformMigrations } from '@phone82/persistence';
import { createPayments } from './0001-payments.ts';
import { createPspLedger } from './0002-psp-ledger.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-payments': createPayments,
  '0002-psp-ledger': createPspLedger,
};
