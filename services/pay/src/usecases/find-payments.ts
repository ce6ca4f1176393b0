import { type Period, Problem } from '@phone82/contracts';
import type { OwnedBy, PageRequest } from '@phone82/persistence';
import type { Payment } from '../domain/payment.ts';
import type { PayPorts } from './ports.ts';

export function findPayment({ reader }: Pick<PayPorts, 'reader'>) {
  return async (orderId: number, ownedBy?: OwnedBy) => {
    const payment = await reader.find(orderId, ownedBy);
    if (!payment) throw new Problem('not-found');
    return payment;
  };
}

export function listPayments({ reader }: Pick<PayPorts, 'reader'>) {
  return (request: PageRequest, ownedBy?: OwnedBy) => reader.list(request, {}, ownedBy);
}

/** Which payments app compares its orders with: those of some orders, or a page of those of a period. */
export type RecordsWanted =
  | { readonly orderIds: readonly number[] }
  | { readonly period: Period; readonly after: number; readonly limit: number };

export function listPaymentRecords({ reconciliation: { books } }: Pick<PayPorts, 'reconciliation'>) {
  return async (wanted: RecordsWanted): Promise<readonly Payment[]> =>
    'orderIds' in wanted
      ? books.payments(wanted.orderIds)
      : books.paymentsOfPeriod(wanted.period, wanted.after, wanted.limit);
}
