import type { DatabaseSync } from 'node:sqlite';
import type { PspErrorCode } from '../core/error-codes.ts';
import { type Approval, balanceOf, type Cancel, type Payment } from '../core/payment.ts';
import type {
  Balance,
  BalanceQuery,
  LedgerTransaction,
  SavedReply,
  Transaction,
  TransactionQuery,
  Webhook,
} from './ledger.ts';
import {
  balanceFrom,
  paymentFrom,
  type Row,
  replyFrom,
  transactionFrom,
  webhookFrom,
} from './sqlite-rows.ts';
import { prepareStatements } from './sqlite-statements.ts';

/** Sorts behind every character that an order id can have. */
const BEHIND_ALL = '\uffff';

export class SqliteBooks implements LedgerTransaction {
  readonly #sql: ReturnType<typeof prepareStatements>;
  /** Counted along, as every charge asks. */
  #pending = 0;

  constructor(database: DatabaseSync) {
    this.#sql = prepareStatements(database);
    this.recount();
  }

  /** To be called after a rollback. */
  recount(): void {
    this.#pending = (this.#sql.pendingWebhooks.get() as { pending: number }).pending;
  }

  payment(paymentKey: string): Payment | undefined {
    const row = this.#sql.payment.get(paymentKey);
    return row && this.#withTransactions(row);
  }

  paymentsOf(orderId: string): readonly Payment[] {
    return this.#sql.paymentsOf.all(orderId).map((row) => this.#withTransactions(row));
  }

  addPayment(payment: Payment): void {
    const { paymentKey, orderId, orderName, customerKey, amount, requestedAt, authenticatedAt, failure } =
      payment;
    this.#sql.addPayment.run(
      paymentKey,
      orderId,
      orderName,
      customerKey,
      amount,
      requestedAt,
      authenticatedAt,
      failure,
    );
    if (payment.approval) this.#enterApproval(payment, payment.approval);
  }

  approve(paymentKey: string, approval: Approval): void {
    this.#enterApproval(this.#known(paymentKey), approval);
  }

  fail(paymentKey: string, failure: PspErrorCode): void {
    this.#sql.fail.run(failure, paymentKey);
  }

  addCancel(paymentKey: string, { transactionKey, amount, reason, at }: Cancel): void {
    const payment = this.#known(paymentKey);
    const emptied = balanceOf(payment) === amount ? 1 : 0;
    this.#sql.enter.run(transactionKey, paymentKey, payment.orderId, 'cancel', amount, emptied, reason, at);
  }

  transactions({ from, to, after, limit }: TransactionQuery): readonly Transaction[] {
    const place = after === undefined ? undefined : this.#sql.place.get(after);
    if (after !== undefined && !place) return [];
    const { at, number } = (place ?? { at: from, number: 0 }) as { at: number; number: number };
    return this.#sql.transactions.all(at, number, to, limit).map(transactionFrom);
  }

  balances({ orderIdPrefix, startingAfter, limit }: BalanceQuery): readonly Balance[] {
    const rows = this.#sql.balances.all(startingAfter, orderIdPrefix, orderIdPrefix + BEHIND_ALL, limit);
    return rows.map(balanceFrom);
  }

  savedReply(scope: string, notBefore: number): SavedReply | undefined {
    const row = this.#sql.reply.get(scope, notBefore);
    return row && replyFrom(row);
  }

  saveReply(scope: string, reply: SavedReply, at: number): void {
    if (reply.kind === 'refused') this.#sql.saveReply.run(scope, null, null, reply.code, at);
    else this.#sql.saveReply.run(scope, reply.paymentKey, reply.cancels, null, at);
  }

  forgetReplies(before: number, limit: number): number {
    return Number(this.#sql.forgetReplies.run(before, limit).changes);
  }

  addWebhook({ transmissionId, paymentKey, cancels, createdAt, dueAt, retries }: Webhook): void {
    this.#sql.addWebhook.run(transmissionId, paymentKey, cancels, createdAt, dueAt, retries);
    this.#pending += 1;
  }

  dueWebhooks(now: number, limit: number): readonly Webhook[] {
    return this.#sql.dueWebhooks.all(now, limit).map(webhookFrom);
  }

  postponeWebhook(transmissionId: string, dueAt: number, retries: number): void {
    this.#sql.postponeWebhook.run(dueAt, retries, transmissionId);
  }

  removeWebhook(transmissionId: string): void {
    this.#pending -= Number(this.#sql.removeWebhook.run(transmissionId).changes);
  }

  pendingWebhooks(): number {
    return this.#pending;
  }

  #known(paymentKey: string): Payment {
    const payment = this.payment(paymentKey);
    if (!payment) throw new Error(`no payment ${paymentKey}`);
    return payment;
  }

  #withTransactions(row: Row): Payment {
    return paymentFrom(row, this.#sql.transactionsOf.all(row.payment_key as string));
  }

  #enterApproval({ paymentKey, orderId, amount }: Payment, { transactionKey, at }: Approval): void {
    this.#sql.enter.run(transactionKey, paymentKey, orderId, 'approval', amount, 0, null, at);
  }
}
