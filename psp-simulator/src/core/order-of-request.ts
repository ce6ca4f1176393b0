import type { Ledger } from '../ledger/ledger.ts';
import type { Asked } from './operations.ts';
import type { PspRequest } from './request.ts';

/** The order that a request is about, if it is about one. */
export async function orderOfRequest(
  ledger: Ledger,
  { operation, subject }: Asked,
  { body }: PspRequest,
): Promise<string | undefined> {
  if (operation.orderIn === 'body') return (body as { orderId?: string } | null | undefined)?.orderId;
  if (operation.orderIn === 'path') return subject;
  if (operation.orderIn === undefined) return undefined;
  return (await ledger.transact((books) => books.payment(subject)))?.orderId;
}
