import { Pool } from 'undici';
import type { DeliverWebhook } from './webhook-message.ts';

const PATIENCE_MS = 10_000;
const CONNECTIONS = 16;

/** Posts webhooks to a URL. Taken is what is answered 200 within 10 s. */
export function postWebhook(url: string): { readonly deliver: DeliverWebhook; close(): Promise<void> } {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  return {
    deliver: async ({ transmissionId, body }) => {
      const answer = await pool.request({
        method: 'POST',
        path: `${pathname}${search}`,
        headers: {
          'content-type': 'application/json',
          'tosspayments-webhook-transmission-id': transmissionId,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await answer.body.dump();
      return answer.statusCode === 200;
    },
    close: () => pool.destroy(),
  };
}
