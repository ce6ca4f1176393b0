import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Payment } from '../domain/payment.ts';
import type { Psp } from './psp-port.ts';
import type { ReconciliationPorts } from './reconciliation-ports.ts';

/** What came of a step: done, or to be tried again, at the earliest after this long. */
export type StepOutcome = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly afterMs: number };

export interface Mileage {
  /** Takes an order's mileage back. `done` also if it was before, or before any was granted. `isRetry`: a try before this one failed. */
  cancel(
    payment: { readonly orderId: number; readonly customerId: string },
    isRetry: boolean,
  ): Promise<StepOutcome>;
}

/** Tells the people who run the system what only they can mend. */
export interface PaymentAlerts {
  /** The PSP refuses to give an order's money back. */
  refundRefused(orderId: number, code: string): void;
  /** A formed order was cancelled, and neither pay nor the PSP has its payment. */
  cancelUnmatched(orderId: number): void;
}

export interface PaySettings {
  /** A call to the PSP is over by then, its wait in our own queue included: nobody asks what became of it before. */
  readonly chargeTakesAtMostMs: number;
  /** Whether a payment without a price counts as paid, without anything being charged. */
  readonly acceptsWithoutPrice: boolean;
  /** What happened within so long may not be seen by both sides yet. */
  readonly reconciliationGraceMs: number;
  /** When the day's reconciliation begins: `04:30`, in Seoul. */
  readonly reconcileAt: string;
}

export interface PayPorts {
  readonly payments: UnitOfWork<Payment>;
  readonly reader: RecordReader<Payment>;
  /** Payments whose next try is due. */
  readonly due: DueReader<Payment>;
  readonly psp: Psp;
  readonly mileage: Mileage;
  readonly alerts: PaymentAlerts;
  readonly reconciliation: ReconciliationPorts;
  readonly environment: Environment;
  readonly settings: PaySettings;
}
