import type { LedgerTransaction, Transaction } from '../ledger/ledger.ts';
import type { PspErrorCode } from './error-codes.ts';
import type { Payment } from './payment.ts';

export type OperationName = 'charge' | 'confirm' | 'cancel' | 'lookUp' | 'transactions';

/** What an operation works with. */
export interface Call {
  readonly ledger: LedgerTransaction;
  readonly now: number;
  newId(): string;
  /** What the path names: a billing key, a payment key or an order id. */
  readonly subject: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** A refusal that the operation was told to come to. */
  readonly told?: PspErrorCode | undefined;
  /** Whether an order that was charged before is refused, as the PSP does. */
  readonly refuseDuplicateOrders: boolean;
}

export type Outcome =
  /** `changed`: this call changed its status. */
  | { readonly kind: 'payment'; readonly payment: Payment; readonly changed: boolean }
  /** `payment`: the attempt that was recorded. */
  | { readonly kind: 'refused'; readonly code: PspErrorCode; readonly payment?: Payment }
  | { readonly kind: 'transactions'; readonly transactions: readonly Transaction[] };

export const refuse = (code: PspErrorCode, payment?: Payment): Outcome => ({
  kind: 'refused',
  code,
  ...(payment && { payment }),
});
