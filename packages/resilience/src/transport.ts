import type { TraceContext } from '@phone82/telemetry';
import { type Dispatcher, Pool } from 'undici';
import type { Answer, RemoteRequest } from './answer.ts';

/** Whether a request began to be written to a socket. Before that, nothing can have reached the other side. */
export interface Progress {
  started: boolean;
}

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

const UNREACHABLE_RETRY_MS = 1_000;

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
  const dispatcher = pool.compose(noteStart);
  const send = async (sending: Sending): Promise<Answer> => {
    const { request, progress, signal } = sending;
    try {
      const { statusCode, headers, body } = await dispatcher.request({
        method: request.method,
        path: `${prefix}${request.path}`,
        headers: requestHeaders(sending),
        body: request.body === undefined ? null : JSON.stringify(request.body),
        signal,
        opaque: progress,
      });
      return { kind: 'answered', status: statusCode, body: parse(await body.text()), headers };
    } catch {
      if (!progress.started)
        return { kind: 'notSent', reason: 'unreachable', retryAfterMs: UNREACHABLE_RETRY_MS };
      return { kind: 'unknown', reason: signal.aborted ? 'timeout' : 'connectionLost' };
    }
  };
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const noteStart: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { opaque: progress } = options as Dispatcher.RequestOptions<Progress>;
  const start = handler.onRequestStart;
  handler.onRequestStart = (controller, context) => {
    if (progress) progress.started = true;
    start?.call(handler, controller, context);
  };
  return dispatch(options, handler);
};
