import type { Call, OperationName, Outcome } from './call.ts';
import { cancel } from './cancel.ts';
import { charge } from './charge.ts';
import { confirm } from './confirm.ts';
import { listTransactions } from './list-transactions.ts';
import { lookUpByKey, lookUpByOrder } from './look-up.ts';

export interface Operation {
  readonly name: OperationName;
  readonly method: 'GET' | 'POST';
  /** `*` stands for one segment, the subject. */
  readonly path: string;
  /** Where the order id is: in the body, in the path, or with the payment that the path names. */
  readonly orderIn?: 'body' | 'path' | 'payment';
  run(call: Call): Outcome;
}

/** The part of the PSP's API that there is. */
const operations: readonly Operation[] = [
  { name: 'charge', method: 'POST', path: '/v1/billing/*', orderIn: 'body', run: charge },
  { name: 'confirm', method: 'POST', path: '/v1/payments/confirm', orderIn: 'body', run: confirm },
  { name: 'cancel', method: 'POST', path: '/v1/payments/*/cancel', orderIn: 'payment', run: cancel },
  { name: 'lookUp', method: 'GET', path: '/v1/payments/orders/*', orderIn: 'path', run: lookUpByOrder },
  { name: 'lookUp', method: 'GET', path: '/v1/payments/*', orderIn: 'payment', run: lookUpByKey },
  { name: 'transactions', method: 'GET', path: '/v1/transactions', run: listTransactions },
];

const patterns = operations.map((operation) => ({ operation, segments: operation.path.split('/') }));

/** What a request asks for. */
export interface Asked {
  readonly operation: Operation;
  /** What the path names. */
  readonly subject: string;
  readonly query: URLSearchParams;
}

/** The operation of a method and a path with its query; undefined if there is none. */
export function operationFor(method: string, pathAndQuery: string): Asked | undefined {
  const [path = '', query] = pathAndQuery.split('?', 2);
  const asked = path.split('/');
  const found = patterns.find(
    ({ operation, segments }) =>
      operation.method === method &&
      segments.length === asked.length &&
      segments.every((segment, index) => segment === '*' || segment === asked[index]),
  );
  if (!found) return undefined;
  const subject = asked[found.segments.indexOf('*')] ?? '';
  return { operation: found.operation, subject, query: new URLSearchParams(query) };
}
