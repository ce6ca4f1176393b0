import type { Environment } from '@phone82/runtime';
import type { Outcome } from '../core/call.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { WebhookMisbehaviour } from '../misbehaviour/rules.ts';

/** While so many wait for a receiver that does not take them, there is no further news: it is a hint, no more. */
const MOST_PENDING = 10_000;
const SHUFFLED_WITHIN_MS = 1_000;

/** Writes down the news of an outcome, in the transaction that brought it about. */
export function recordWebhook(
  books: LedgerTransaction,
  outcome: Outcome,
  { now, random, newId }: Environment,
  { delayMs = 0, shuffle = false, lose = 0 }: WebhookMisbehaviour,
): void {
  const payment = changedPayment(outcome);
  if (!payment || books.pendingWebhooks() >= MOST_PENDING) return;
  if (lose > 0 && random() < lose) return;
  const createdAt = now();
  const lateBy = delayMs + (shuffle ? random() * SHUFFLED_WITHIN_MS : 0);
  books.addWebhook({
    transmissionId: newId(),
    paymentKey: payment.paymentKey,
    cancels: payment.cancels.length,
    createdAt,
    dueAt: createdAt + Math.floor(lateBy),
    retries: 0,
  });
}

function changedPayment(outcome: Outcome) {
  if (outcome.kind === 'payment') return outcome.changed ? outcome.payment : undefined;
  return outcome.kind === 'refused' ? outcome.payment : undefined;
}
