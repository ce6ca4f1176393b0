import { AsyncLocalStorage } from 'node:async_hooks';
import { randomFillSync, randomUUID } from 'node:crypto';

/** Ties everything that one request or one message caused together. */
export interface TraceContext {
  readonly correlationId: string;
  /** W3C trace context. */
  readonly traceparent: string;
  /** The message whose handling this is; absent in a request. */
  readonly causationId?: string | undefined;
  /** When whoever asked stops waiting for the answer, on the clock of `performance.now()`; absent: nobody said. */
  readonly deadlineAt?: number | undefined;
}

const storage = new AsyncLocalStorage<TraceContext>();

/** Runs work with a context that {@link currentContext} finds, across awaits. */
export function withContext<T>(context: TraceContext, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): TraceContext | undefined {
  return storage.getStore();
}

const withEffect = new WeakSet<TraceContext>();

/** Notes that the work at hand may have changed something: a later failure then leaves open what was done. */
export function noteEffect(): void {
  const context = storage.getStore();
  if (context) withEffect.add(context);
}

/** Whether {@link noteEffect} was called within this context. */
export const hadEffect = (context: TraceContext): boolean => withEffect.has(context);

/** The work at hand as text of at most 512 characters, to be kept with what a job does later; null outside of any. */
export function causeAtHand(): string | null {
  const context = currentContext();
  if (!context) return null;
  const { traceparent, correlationId, causationId = '' } = context;
  const cause = `${traceparent} ${correlationId} ${causationId}`;
  return cause.length <= LONGEST_CAUSE ? cause : null;
}

const LONGEST_CAUSE = 512;

/** Runs work as an effect of what {@link causeAtHand} kept, perhaps in an earlier process; of nothing where that is null. */
export function withCause<T>(cause: string | null, work: () => T): T {
  if (cause === null) return work();
  const [traceparent, correlationId, causationId] = cause.split(' ');
  return withContext(
    incomingContext({ traceparent, correlationId, causationId: causationId || undefined }),
    work,
  );
}

/** A context for incoming work; what the caller did not send, or sent malformed, is made new. */
export function incomingContext(received: {
  correlationId?: string | undefined;
  traceparent?: string | undefined;
  causationId?: string | undefined;
}): TraceContext {
  return {
    correlationId:
      received.correlationId && isVisible(received.correlationId) ? received.correlationId : randomUUID(),
    traceparent: wellFormed(received.traceparent) ?? newTraceparent(),
    causationId: received.causationId,
  };
}

export function newTraceparent(): string {
  const digits = randomDigits(TRACE_BYTES + SPAN_BYTES);
  return `00-${digits.slice(0, 2 * TRACE_BYTES)}-${digits.slice(2 * TRACE_BYTES)}-01`;
}

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
/** Random bytes cost by the call, hardly by the byte. */
const store = Buffer.alloc(256 * (TRACE_BYTES + SPAN_BYTES));
let used = store.length;

function randomDigits(bytes: number): string {
  if (used + bytes > store.length) {
    randomFillSync(store);
    used = 0;
  }
  used += bytes;
  return store.toString('hex', used - bytes, used);
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}

/** A `traceparent` as it was received; undefined where none came, or a malformed one. */
export function wellFormed(traceparent: string | undefined): string | undefined {
  return traceparent && TRACEPARENT.test(traceparent) ? traceparent : undefined;
}

const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const isVisible = (text: string) => /^[\x21-\x7e]{1,128}$/.test(text);
