import { type Migration, platformMigrations } from '@phone82/persistence';
import { createPayments } from './0001-payments.ts';
import { createPspLedger } from './0002-psp-ledger.ts';
import { describePaymentsAtThePsp } from './0003-payments-at-the-psp.ts';
import { createReconciliation } from './0004-reconciliation.ts';
import { keepCauseOfPayments } from './0005-cause-of-payments.ts';
import { addReferenceToPayments } from './0006-reference-of-payments.ts';
import { markForeignPayments } from './0007-foreign-payments.ts';
import { findPaymentsByOwner } from './0008-owners-of-payments.ts';

export const migrations: Record<string, Migration> = {
  ...platformMigrations,
  '0001-payments': createPayments,
  '0002-psp-ledger': createPspLedger,
  '0003-payments-at-the-psp': describePaymentsAtThePsp,
  '0004-reconciliation': createReconciliation,
  '0005-cause-of-payments': keepCauseOfPayments,
  '0006-reference-of-payments': addReferenceToPayments,
  '0007-foreign-payments': markForeignPayments,
  '0008-owners-of-payments': findPaymentsByOwner,
};
