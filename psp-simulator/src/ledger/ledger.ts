import type { PspErrorCode } from '../core/error-codes.ts';
import type { Approval, Cancel, Payment } from '../core/payment.ts';

/** One movement of money: an approval or a cancel. */
export interface Transaction {
  readonly transactionKey: string;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly kind: 'approval' | 'cancel';
  /** Won, always positive. */
  readonly amount: number;
  /** Whether this cancel left nothing to give back. */
  readonly emptied: boolean;
  readonly at: number;
}

export interface TransactionQuery {
  /** From this time on. */
  readonly from: number;
  /** Up to and including this time. */
  readonly to: number;
  /** The transaction key behind which to go on. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What an order's money came to, in won. */
export interface Balance {
  readonly orderId: string;
  readonly charged: number;
  readonly refunded: number;
  readonly net: number;
  readonly charges: number;
  readonly refunds: number;
}

export interface BalanceQuery {
  readonly orderIdPrefix: string;
  /** The order id behind which to go on. */
  readonly startingAfter: string;
  readonly limit: number;
}

/** The answer to a request that carried an idempotency key: the payment as of so many cancels, or a refusal. */
export type SavedReply =
  | { readonly kind: 'payment'; readonly paymentKey: string; readonly cancels: number }
  | { readonly kind: 'refused'; readonly code: PspErrorCode };

/** News of a payment, as of so many cancels, that is still to be sent. */
export interface Webhook {
  readonly transmissionId: string;
  readonly paymentKey: string;
  readonly cancels: number;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly retries: number;
}

/** What can be done within one transaction. All of it happens at once, nothing is waited for. */
export interface LedgerTransaction {
  payment(paymentKey: string): Payment | undefined;
  /** Oldest first. */
  paymentsOf(orderId: string): readonly Payment[];
  addPayment(payment: Payment): void;
  approve(paymentKey: string, approval: Approval): void;
  fail(paymentKey: string, failure: PspErrorCode): void;
  addCancel(paymentKey: string, cancel: Cancel): void;
  /** By time, then in the order they were written. Behind a key that is not known there is nothing. */
  transactions(query: TransactionQuery): readonly Transaction[];
  /** By order id. Orders that no money moved for are left out. */
  balances(query: BalanceQuery): readonly Balance[];
  /** The reply saved under this scope at this time or later. */
  savedReply(scope: string, notBefore: number): SavedReply | undefined;
  saveReply(scope: string, reply: SavedReply, at: number): void;
  /** Forgets replies that were saved before this time; says how many. */
  forgetReplies(before: number, limit: number): number;
  addWebhook(webhook: Webhook): void;
  /** Webhooks due by now, the longest due first. */
  dueWebhooks(now: number, limit: number): readonly Webhook[];
  postponeWebhook(transmissionId: string, dueAt: number, retries: number): void;
  removeWebhook(transmissionId: string): void;
  pendingWebhooks(): number;
}

/** The PSP's books. */
export interface Ledger {
  /**
   * Does the work at once, and resolves to its result when all that it wrote and saw is durable. Work that throws
   * leaves nothing, and rejects; a failing disk may take along the work of others that came at the same time.
   */
  transact<Result>(work: (ledger: LedgerTransaction) => Result): Promise<Result>;
  /** Makes durable what is under way, and ends. */
  close(): Promise<void>;
}
