import { type Dispatcher, Pool } from 'undici';
import type { Answer } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import { createBatches } from './batches.ts';
import { type Authorize, requestHeaders, type Sending } from './sending.ts';

export interface Transport {
  /** Sends once, never again by itself. Never rejects. */
  send(sending: Sending): Promise<Answer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  readonly authorize?: Authorize | undefined;
}

/** A pool of kept-alive connections to one origin, one request at a time on each: of one call, or of a batch. */
export function createTransport(
  baseUrl: string,
  { connections, connectTimeoutMs, authorize }: TransportOptions,
): Transport {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: connectTimeoutMs },
  });
  const send = async (request: Signable, reader: Reader, onBehalfOf: string | undefined) => {
    if (!authorize) return dispatch(pool, request, reader);
    try {
      const authorization = await authorize(onBehalfOf);
      dispatch(pool, { ...request, headers: { ...request.headers, authorization } }, reader);
    } catch {
      reader.onResponseError();
    }
  };
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
      void send(dispatched, reader, request.onBehalfOf);
    });
  const sendTogether = createBatches(
    (path, headers, body, reader) =>
      void send({ method: 'POST', path: `${prefix}${path}`, headers, body }, reader, undefined),
    sendOne,
  );
  return {
    send: (sending) =>
      sending.request.batchPath ? sendTogether(sending, sending.request.batchPath) : sendOne(sending),
    close: () => pool.close(),
  };
}

type Signable = Dispatcher.DispatchOptions & { readonly headers: Readonly<Record<string, string>> };
type Reader = Dispatcher.DispatchHandler & { onResponseError(): void };

function dispatch(pool: Pool, request: Dispatcher.DispatchOptions, reader: Reader): void {
  try {
    pool.dispatch(request, reader);
  } catch {
    reader.onResponseError();
  }
}
