import type { Environment, JobOptions } from '@phone82/runtime';
import { asOf } from '../core/payment.ts';
import { paymentObject } from '../core/payment-object.ts';
import { toSeoulTime } from '../core/seoul-time.ts';
import type { Ledger, LedgerTransaction, Webhook } from '../ledger/ledger.ts';
import type { Misbehaviours } from '../misbehaviour/misbehaviours.ts';
import type { DeliverWebhook, WebhookMessage } from './webhook-message.ts';

export interface WebhookJobOptions {
  readonly ledger: Ledger;
  readonly environment: Environment;
  readonly misbehaviours: Pick<Misbehaviours, 'webhooks'>;
  readonly deliver: DeliverWebhook;
  /** The pause before the first repetition. */
  readonly retryMs: number;
}

const EVERY_MS = 250;
const AT_ONCE = 128;
const MOST_RETRIES = 7;

/** Sends the webhooks that are due, some at once, and repeats what was not taken: up to seven times, ever later. */
export function webhookJob({
  ledger,
  environment,
  misbehaviours,
  deliver,
  retryMs,
}: WebhookJobOptions): JobOptions {
  const send = async ({ webhook, message }: Due) => {
    const copies = Array.from({ length: misbehaviours.webhooks.copies ?? 1 }, () => message);
    const taken = await Promise.all(copies.map((copy) => deliver(copy).catch(() => false)));
    return { webhook, taken: taken.includes(true) };
  };
  const note = (books: LedgerTransaction, { transmissionId, retries }: Webhook, taken: boolean) => {
    if (taken || retries === MOST_RETRIES) return books.removeWebhook(transmissionId);
    books.postponeWebhook(transmissionId, environment.now() + retryMs * 4 ** retries, retries + 1);
  };
  return {
    name: 'send webhooks',
    everyMs: EVERY_MS,
    run: async () => {
      const due = await ledger.transact((books) => dueMessages(books, environment.now()));
      const sent = await Promise.all(due.map(send));
      if (sent.length > 0)
        await ledger.transact((books) => {
          for (const { webhook, taken } of sent) note(books, webhook, taken);
        });
      return due.length === AT_ONCE ? 'more' : 'done';
    },
  };
}

interface Due {
  readonly webhook: Webhook;
  readonly message: WebhookMessage;
}

const dueMessages = (books: LedgerTransaction, now: number): Due[] =>
  books.dueWebhooks(now, AT_ONCE).flatMap((webhook) => {
    const payment = books.payment(webhook.paymentKey);
    if (!payment) return [];
    const body = {
      eventType: 'PAYMENT_STATUS_CHANGED' as const,
      createdAt: toSeoulTime(webhook.createdAt),
      data: paymentObject(asOf(payment, webhook.cancels), webhook.createdAt, 'ko'),
    };
    return [{ webhook, message: { transmissionId: webhook.transmissionId, body } }];
  });
