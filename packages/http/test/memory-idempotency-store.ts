import type { IdempotencyStore, SavedAnswer } from '@phone82/persistence';

/** The store's contract, kept in memory; locks never run out. */
export function memoryIdempotencyStore(): IdempotencyStore & { readonly keys: ReadonlyMap<string, unknown> } {
  const keys = new Map<string, { fingerprint: string; answer?: SavedAnswer }>();
  return {
    keys,
    begin: async (key, fingerprint) => {
      const known = keys.get(key);
      if (!known) {
        keys.set(key, { fingerprint });
        return { kind: 'new' };
      }
      if (known.fingerprint !== fingerprint) return { kind: 'mismatch' };
      return known.answer ? { kind: 'replay', ...known.answer } : { kind: 'inFlight' };
    },
    complete: async (key, answer) => {
      const known = keys.get(key);
      if (known) known.answer = answer;
    },
    release: async (key) => {
      keys.delete(key);
    },
  };
}
