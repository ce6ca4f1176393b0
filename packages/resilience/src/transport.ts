import type { TraceContext } from '@phone82/telemetry';
import { Pool } from 'undici';
import type { Answer, RemoteRequest } from './answer.ts';
import { AnswerReader } from './answer-reader.ts';
import type { Progress } from './progress.ts';

export interface Sending {
  readonly request: RemoteRequest;
  /** Of the work that the call is part of. Given, not looked up: a queued call leaves in the context of another. */
  readonly context: TraceContext | undefined;
  readonly progress: Progress;
  /** Ends it without an answer. */
  readonly signal: AbortSignal;
  /** How long its answer will be waited for: the other side is told. */
  readonly waitMs: number;
}

export interface Transport {
  /** Sends once, never again by itself. Never rejects. */
  send(sending: Sending): Promise<Answer>;
  close(): Promise<void>;
}

/** A pool of kept-alive connections to one origin, one request at a time on each. */
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
  const send = (sending: Sending) =>
    new Promise<Answer>((resolve) => {
      const { request, progress, signal } = sending;
      const reader = new AnswerReader(progress, signal, resolve);
      const dispatched = {
        method: request.method,
        path: `${prefix}${request.path}`,
        headers: requestHeaders(sending),
        body: request.body === undefined ? null : JSON.stringify(request.body),
      };
      try {
        pool.dispatch(dispatched, reader);
      } catch {
        reader.onResponseError();
      }
    });
  return { send, close: () => pool.close() };
}

/** What goes along with a request: whose work it is part of, and how long its answer is waited for. */
export function requestHeaders({ request, context, waitMs }: Sending): Record<string, string> {
  const { body, headers } = request;
  return {
    accept: 'application/json',
    'x-envoy-expected-rq-timeout-ms': String(Math.max(1, Math.floor(waitMs))),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(context && { 'x-correlation-id': context.correlationId, traceparent: context.traceparent }),
    ...headers,
  };
}
