import { Agent, request } from 'node:http';
import { request as requestSecurely, Agent as SecureAgent } from 'node:https';
import type { DeliverWebhook } from './webhook-message.ts';

const PATIENCE_MS = 10_000;
const pool = { keepAlive: true, maxSockets: 16 };

/** Posts webhooks to a URL. Taken is what is answered 200 within 10 s. */
export function postWebhook(url: string): { readonly deliver: DeliverWebhook; close(): void } {
  const isSecure = url.startsWith('https:');
  const agent = isSecure ? new SecureAgent(pool) : new Agent(pool);
  return {
    deliver: ({ transmissionId, body }) =>
      new Promise((resolve, reject) => {
        const headers = {
          'content-type': 'application/json',
          'tosspayments-webhook-transmission-id': transmissionId,
        };
        const signal = AbortSignal.timeout(PATIENCE_MS);
        const post = (isSecure ? requestSecurely : request)(url, { method: 'POST', agent, headers, signal });
        post.on('error', reject);
        post.on('response', (answer) => {
          answer.resume().on('error', reject);
          answer.on('end', () => resolve(answer.statusCode === 200));
        });
        post.end(JSON.stringify(body));
      }),
    close: () => agent.destroy(),
  };
}
