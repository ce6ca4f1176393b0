import type { LedgerTransaction, SavedReply } from '../ledger/ledger.ts';
import { type Outcome, refuse } from './call.ts';
import { errorCodes, type PspErrorCode } from './error-codes.ts';
import { asOf } from './payment.ts';
import type { PspRequest } from './request.ts';

/** How long a reply is kept: 15 days. */
export const KEPT_MS = 15 * 24 * 3_600_000;
const LONGEST_KEY = 300;

export const keyFault = (key: string | undefined): PspErrorCode | undefined =>
  key === '' || (key ?? '').length > LONGEST_KEY ? 'INVALID_IDEMPOTENCY_KEY' : undefined;

/** What a key counts for: the caller's API key, the method and the URL, not the body. */
export const scopeOf = (key: string, apiKey: string, { method, path }: PspRequest): string =>
  `${method} ${path} ${apiKey} ${key}`;

/** The reply of the request that came first with this key. */
export function replay(ledger: LedgerTransaction, scope: string, now: number): Outcome | undefined {
  const saved = ledger.savedReply(scope, now - KEPT_MS);
  if (!saved) return undefined;
  if (saved.kind === 'refused') return refuse(saved.code);
  const payment = ledger.payment(saved.paymentKey);
  return payment && { kind: 'payment', payment: asOf(payment, saved.cancels), changed: false };
}

/** Keeps the reply in the transaction of its effect. A failure of the PSP's own is not kept, so it can be tried again. */
export function keep(ledger: LedgerTransaction, scope: string, outcome: Outcome, now: number): void {
  const reply = savedReply(outcome);
  if (reply) ledger.saveReply(scope, reply, now);
}

function savedReply(outcome: Outcome): SavedReply | undefined {
  if (outcome.kind === 'payment') {
    const { paymentKey, cancels } = outcome.payment;
    return { kind: 'payment', paymentKey, cancels: cancels.length };
  }
  if (outcome.kind !== 'refused' || errorCodes[outcome.code].status >= 500) return undefined;
  return { kind: 'refused', code: outcome.code };
}
