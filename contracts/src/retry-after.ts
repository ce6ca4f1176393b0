/** No client is kept away for longer by what a service, ours or another, says in passing. */
const LONGEST_PAUSE_S = 60;

/** A pause as a client is told it: whole seconds from 1 to 60; 1 if it is no number. */
export const wholePause = (seconds: number): number =>
  Number.isNaN(seconds) ? 1 : Math.min(LONGEST_PAUSE_S, Math.max(1, Math.ceil(seconds)));

/** The value of a `Retry-After` header as it may be passed on: whole seconds from 1 to 60; 1 if it is anything else. */
export function readRetryAfter(header: unknown): number {
  const isSeconds = typeof header === 'string' && /^\d{1,9}$/.test(header.trim());
  return isSeconds ? wholePause(Number(header)) : 1;
}
