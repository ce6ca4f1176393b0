import { type Dispatcher, Pool } from 'undici';
import type { Answer } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import { createBatches } from './batches.ts';
import { requestHeaders, type Sending } from './sending.ts';

export interface Transport {
  /** Sends once, never again by itself. Never rejects. */
  send(sending: Sending): Promise<Answer>;
  close(): Promise<void>;
}

/** A pool of kept-alive connections to one origin, one request at a time on each: of one call, or of a batch. */
export function createTransport(baseUrl: string, connections: number, connectTimeoutMs: number): Transport {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  });
  const sendOne = (sending: Sending) =>
    new Promise<Answer>((resolve) => {
      const { request, progress, signal } = sending;
      const reader = new AnswerReader(progress, signal, resolve);
      const dispatched = {
        method: request.method,
        path: `${prefix}${request.path}`,
        headers: requestHeaders(sending),
        body: request.body === undefined ? null : JSON.stringify(request.body),
      };
      dispatch(pool, dispatched, reader);
    });
  const sendTogether = createBatches(
    (path, headers, body, reader) =>
      dispatch(pool, { method: 'POST', path: `${prefix}${path}`, headers, body }, reader),
    sendOne,
  );
  return {
    send: (sending) =>
      sending.request.batchPath ? sendTogether(sending, sending.request.batchPath) : sendOne(sending),
    close: () => pool.close(),
  };
}

function dispatch(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  reader: Dispatcher.DispatchHandler & { onResponseError(): void },
): void {
  try {
    pool.dispatch(request, reader);
  } catch {
    reader.onResponseError();
  }
}
