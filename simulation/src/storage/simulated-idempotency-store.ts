import type { Aggregate, IdempotencyOutcome, IdempotencyStore } from '@phone82/persistence';
import { type Connection, commitFaults } from './connection.ts';
import type { KeptKey, SimulatedDatabase } from './simulated-database.ts';

/** Remembered answers, as in the SQL table. */
export function simulatedIdempotencyStore<A extends Aggregate>(
  { server, keys }: Pick<SimulatedDatabase<A>, 'server' | 'keys'>,
  { calls, process, environment }: Connection,
): IdempotencyStore {
  const write = <T>(what: string, effect: () => T) =>
    calls.to(server, process, `${server.name}: ${what}`, effect, commitFaults);
  return {
    begin: (key, fingerprint, lockMs) => {
      const now = environment.now();
      return write('begin key', () => begin(keys, key, { fingerprint, now, lockMs }));
    },
    complete: (key, answer) =>
      write('complete key', () => {
        const known = keys.get(key);
        if (known) known.answer ??= answer;
      }),
    release: (key) =>
      write('release key', () => {
        if (keys.get(key)?.answer === undefined) keys.delete(key);
      }),
  };
}

function begin(
  keys: Map<string, KeptKey>,
  key: string,
  {
    fingerprint,
    now,
    lockMs,
  }: { readonly fingerprint: string; readonly now: number; readonly lockMs: number },
): IdempotencyOutcome {
  const known = keys.get(key);
  if (known && known.fingerprint !== fingerprint) return { kind: 'mismatch' };
  if (known?.answer) return { kind: 'replay', ...known.answer };
  if (known && known.lockedUntil > now) return { kind: 'inFlight' };
  if (known) known.lockedUntil = now + lockMs;
  else keys.set(key, { fingerprint, lockedUntil: now + lockMs, answer: undefined });
  return { kind: 'new' };
}
