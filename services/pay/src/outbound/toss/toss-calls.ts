import type { Answer, Remote, RemoteRequest } from '@phone82/resilience';
import type { Environment } from '@phone82/runtime';
import { classOf, clip, type ErrorClass } from './error-codes.ts';

/** What a call to the PSP came to. */
export type TossReply =
  | { readonly kind: 'ok'; readonly body: unknown }
  | {
      readonly kind: 'error';
      readonly meaning: ErrorClass;
      readonly code: string;
      readonly retryAfterMs: number;
    }
  | { readonly kind: 'notSent'; readonly code: string; readonly retryAfterMs: number }
  | { readonly kind: 'noAnswer' };

export interface TossCalls {
  send(request: RemoteRequest, idempotencyKey?: string): Promise<TossReply>;
}

export interface TossCallsOptions {
  readonly remote: Remote;
  readonly secretKey: string;
  readonly environment: Pick<Environment, 'now'>;
  /** The PSP does not know our keys. Called once per try, not per call that is held back meanwhile. */
  onMisconfigured(code: string): void;
}

/** How long no call is made after the PSP refused our keys, so that it does not lock us out as well. */
const KEYS_REFUSED_PAUSE_MS = 30_000;
const TURNED_AWAY_PAUSE_MS = 1_000;

/** Calls of the PSP's API: with our key, and their errors read by code. */
export function createTossCalls({
  remote,
  secretKey,
  environment,
  onMisconfigured,
}: TossCallsOptions): TossCalls {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
  let refused = { code: '', until: 0 };
  return {
    send: async (request, idempotencyKey) => {
      const pause = refused.until - environment.now();
      if (pause > 0) return { kind: 'notSent', code: refused.code, retryAfterMs: pause };
      const key = idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey };
      const reply = replyOf(await remote.call({ ...request, headers: { authorization, ...key } }));
      if (reply.kind !== 'error' || reply.meaning !== 'misconfigured') return reply;
      refused = { code: reply.code, until: environment.now() + KEYS_REFUSED_PAUSE_MS };
      onMisconfigured(reply.code);
      return { kind: 'notSent', code: reply.code, retryAfterMs: KEYS_REFUSED_PAUSE_MS };
    },
  };
}

function replyOf(answer: Answer): TossReply {
  if (answer.kind === 'notSent')
    return { kind: 'notSent', code: 'NOT_SENT', retryAfterMs: answer.retryAfterMs };
  if (answer.kind === 'unknown') return { kind: 'noAnswer' };
  const { status, body, headers } = answer;
  if (status === 200) return { kind: 'ok', body };
  const { code } = (body ?? {}) as { code?: unknown };
  // An error that is not the PSP's own, a proxy's perhaps, says nothing of what is behind it.
  if (typeof code !== 'string')
    return { kind: 'error', meaning: 'unknown', code: `HTTP_${status}`, retryAfterMs: 0 };
  const meaning = classOf(code);
  return {
    kind: 'error',
    meaning,
    code: clip(code),
    retryAfterMs: meaning === 'later' ? pauseOf(headers['retry-after']) : 0,
  };
}

function pauseOf(retryAfter: unknown): number {
  const seconds = Number(retryAfter);
  return seconds > 0 && seconds <= 60 ? seconds * 1_000 : TURNED_AWAY_PAUSE_MS;
}
