import { type Call, type Outcome, refuse } from './call.ts';
import { fromSeoulTime } from './seoul-time.ts';

const DEFAULT_LIMIT = 100;
const HIGHEST_LIMIT = 10_000;

/** Approvals and cancels between two times, by time, `limit` at once. */
export function listTransactions({ ledger, query, told }: Call): Outcome {
  if (told) return refuse(told);
  const from = fromSeoulTime(query.get('startDate') ?? '');
  const to = fromSeoulTime(query.get('endDate') ?? '');
  const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
  if (from === undefined || to === undefined) return refuse('INVALID_REQUEST');
  if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) return refuse('INVALID_REQUEST');
  const after = query.get('startingAfter') || undefined;
  return { kind: 'transactions', transactions: ledger.transactions({ from, to, after, limit }) };
}
