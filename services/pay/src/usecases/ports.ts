import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Payment } from '../domain/payment.ts';

/** What the PSP said to a charge. `lost`: no answer came, the money may have been taken. */
export type PspCharge =
  | { readonly kind: 'charged' }
  | { readonly kind: 'declined'; readonly code: string }
  | { readonly kind: 'lost' };

/** The payment service provider. Every call carries `orderId:operation` as its key: the same call twice acts once. */
export interface Psp {
  charge(order: { orderId: number; amount: number }): Promise<PspCharge>;
  /** What became of an order's charge; `absent`: the PSP never saw one. */
  lookUp(orderId: number): Promise<PspCharge | { readonly kind: 'absent' }>;
  /** Gives all of the money back; done also when it was given back before. */
  refund(order: { orderId: number; amount: number }): Promise<'done' | 'retry'>;
}

/** What came of a step: done, or to be tried again, at the earliest after this long. */
export type StepOutcome = { readonly kind: 'done' } | { readonly kind: 'retry'; readonly afterMs: number };

export interface Mileage {
  /** Takes an order's mileage back. `done` also if it was before, or before any was granted. */
  cancel(orderId: number): Promise<StepOutcome>;
}

export interface PayPorts {
  readonly payments: UnitOfWork<Payment>;
  readonly reader: RecordReader<Payment>;
  /** Payments whose next try is due. */
  readonly due: DueReader<Payment>;
  readonly psp: Psp;
  readonly mileage: Mileage;
  readonly environment: Environment;
}
