import type { TraceContext } from '@phone82/telemetry';
import type { RemoteRequest } from './answer.ts';
import type { Progress } from './progress.ts';

/** The value of `Authorization` for a call on behalf of a person; undefined: of the caller itself. */
export type Authorize = (onBehalfOf: string | undefined) => Promise<string>;

/** One call on its way. */
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

/** What goes along with a request: whose work it is part of, and how long its answer is waited for. */
export function requestHeaders({ request, context, waitMs }: Sending): Record<string, string> {
  const { body, headers } = request;
  return {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...workHeaders({ context, waitMs }),
    ...headers,
  };
}

/** Whose work a call is part of, and how long its answer is waited for. */
export function workHeaders({
  context,
  waitMs,
}: Pick<Sending, 'context' | 'waitMs'>): Record<string, string> {
  return {
    'x-envoy-expected-rq-timeout-ms': String(Math.max(1, Math.floor(waitMs))),
    ...(context && { 'x-correlation-id': context.correlationId, traceparent: context.traceparent }),
  };
}
