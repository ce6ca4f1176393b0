import type { Transaction } from '../ledger/ledger.ts';
import { MERCHANT_ID } from './payment-object.ts';
import { toSeoulTime } from './seoul-time.ts';

/** A transaction as the API lists it. */
export const transactionObject = (transaction: Transaction) => ({
  mId: MERCHANT_ID,
  transactionKey: transaction.transactionKey,
  paymentKey: transaction.paymentKey,
  orderId: transaction.orderId,
  method: '카드',
  status: statusAfter(transaction),
  transactionAt: toSeoulTime(transaction.at),
  currency: 'KRW',
  amount: transaction.amount,
});

const statusAfter = ({ kind, emptied }: Transaction) =>
  kind === 'approval' ? 'DONE' : emptied ? 'CANCELED' : 'PARTIAL_CANCELED';
