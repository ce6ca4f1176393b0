import { isErrorCode, type PspErrorCode } from '../core/error-codes.ts';
import type { Payment } from '../core/payment.ts';
import type { Balance, SavedReply, Transaction, Webhook } from './ledger.ts';

export type Row = Record<string, unknown>;

/** A payment with its transactions, oldest first. */
export function paymentFrom(row: Row, transactions: readonly Row[]): Payment {
  const approval = transactions.find(({ kind }) => kind === 'approval');
  return {
    paymentKey: row.payment_key as string,
    orderId: row.order_id as string,
    orderName: row.order_name as string,
    customerKey: row.customer_key as string | null,
    amount: row.amount as number,
    requestedAt: row.requested_at as number,
    authenticatedAt: row.authenticated_at as number | null,
    failure: row.failure === null ? null : codeFrom(row.failure),
    approval: approval
      ? { transactionKey: approval.transaction_key as string, at: approval.at as number }
      : null,
    cancels: transactions
      .filter(({ kind }) => kind === 'cancel')
      .map((cancel) => ({
        transactionKey: cancel.transaction_key as string,
        amount: cancel.amount as number,
        reason: cancel.reason as string,
        at: cancel.at as number,
      })),
  };
}

export const transactionFrom = (row: Row): Transaction => ({
  transactionKey: row.transaction_key as string,
  paymentKey: row.payment_key as string,
  orderId: row.order_id as string,
  kind: row.kind as Transaction['kind'],
  amount: row.amount as number,
  emptied: row.emptied === 1,
  at: row.at as number,
});

export const balanceFrom = (row: Row): Balance => {
  const {
    order_id: orderId,
    charged,
    refunded,
    charges,
    refunds,
  } = row as unknown as Balance & { order_id: string };
  return { orderId, charged, refunded, net: charged - refunded, charges, refunds };
};

export const replyFrom = ({ payment_key: paymentKey, cancels, code }: Row): SavedReply =>
  code === null
    ? { kind: 'payment', paymentKey: paymentKey as string, cancels: cancels as number }
    : { kind: 'refused', code: codeFrom(code) };

export const webhookFrom = (row: Row): Webhook => ({
  transmissionId: row.transmission_id as string,
  paymentKey: row.payment_key as string,
  cancels: row.cancels as number,
  createdAt: row.created_at as number,
  dueAt: row.due_at as number,
  retries: row.retries as number,
});

const codeFrom = (text: unknown): PspErrorCode =>
  isErrorCode(text as string) ? (text as PspErrorCode) : 'COMMON_ERROR';
