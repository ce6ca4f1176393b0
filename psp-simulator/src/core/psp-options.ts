import type { Environment } from '@phone82/runtime';
import type { Ledger } from '../ledger/ledger.ts';
import type { DeliverWebhook } from '../webhooks/webhook-message.ts';

export interface PspOptions {
  readonly ledger: Ledger;
  readonly environment: Environment;
  /** Default `test_sk_phone82`. */
  readonly secretKey?: string;
  /** Takes news of payments to their receiver. Without it there are none. */
  readonly deliver?: DeliverWebhook;
  /** The pause before the first repetition of a webhook, in ms; each further one is four times as long. Default a minute. */
  readonly webhookRetryMs?: number;
  /**
   * Whether an order that was charged before is refused under another idempotency key, as the PSP does. Default true;
   * false makes a caller that takes a new key for a repetition pay twice.
   */
  readonly refuseDuplicateOrders?: boolean;
}
