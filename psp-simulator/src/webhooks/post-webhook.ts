import { type Dispatcher, Pool } from 'undici';
import type { DeliverWebhook } from './webhook-message.ts';

const PATIENCE_MS = 10_000;
const CONNECTIONS = 16;

/** Posts webhooks to a URL. Taken is what is answered 200 within 10 s. */
export function postWebhook(url: string): { readonly deliver: DeliverWebhook; close(): Promise<void> } {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    connectTimeout: PATIENCE_MS,
  });
  return {
    deliver: ({ transmissionId, body }) =>
      new Promise((resolve) => {
        const message: Dispatcher.DispatchOptions = {
          method: 'POST',
          path: `${pathname}${search}`,
          headers: {
            'content-type': 'application/json',
            'tosspayments-webhook-transmission-id': transmissionId,
          },
          body: JSON.stringify(body),
        };
        pool.dispatch(
          message,
          statusReader((status) => resolve(status === 200)),
        );
      }),
    close: () => pool.destroy(),
  };
}

const FIRST_FINAL_STATUS = 200;

/** Only the status of an answer counts: undici's `request` would make a stream of a body that nobody reads. */
const statusReader = (done: (status: number | undefined) => void): Dispatcher.DispatchHandler => ({
  onRequestStart: () => undefined,
  onResponseStart: (_controller, status) => {
    if (status >= FIRST_FINAL_STATUS) done(status);
  },
  onResponseData: () => undefined,
  onResponseEnd: () => undefined,
  onResponseError: () => done(undefined),
});
