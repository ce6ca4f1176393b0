import type { PaymentObject } from '../core/payment-object.ts';

/** News of a payment, as it is sent. The same news has the same transmission id, however often it comes. */
export interface WebhookMessage {
  readonly transmissionId: string;
  readonly body: {
    readonly eventType: 'PAYMENT_STATUS_CHANGED';
    readonly createdAt: string;
    readonly data: PaymentObject;
  };
}

/** Takes a message to its receiver; resolves to whether that one has taken it. */
export type DeliverWebhook = (message: WebhookMessage) => Promise<boolean>;
