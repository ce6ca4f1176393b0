import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Environment } from '@phone82/runtime';

/** An environment whose time stands still until a test moves it. */
export interface ManualEnvironment extends Environment {
  /** Moves the time, and wakes the sleepers that are due on the way, in order; what they set off may sleep again. */
  advance(ms: number): Promise<void>;
  /** How many sleep now. */
  sleeping(): number;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

const TURNS_TO_SETTLE = 10;

/** Time from 2026-01-01 (UTC) unless given, ids that count (`id-1`, `id-2`, …), and chance from a seed (default 1). */
export function manualEnvironment(options: { now?: number; seed?: number } = {}): ManualEnvironment {
  let now = options.now ?? Date.UTC(2026, 0, 1);
  let lastId = 0;
  const sleepers = new Set<Sleeper>();

  const nextDue = (until: number) =>
    [...sleepers].filter(({ at }) => at <= until).reduce<Sleeper | undefined>(earlier, undefined);

  return {
    now: () => now,
    random: seededRandom(options.seed ?? 1),
    newId: () => `id-${++lastId}`,
    sleeping: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', wake);
      }),
    advance: async (ms) => {
      const until = now + ms;
      await settle();
      for (let due = nextDue(until); due; due = nextDue(until)) {
        now = Math.max(now, due.at);
        due.wake();
        await settle();
      }
      now = until;
    },
  };
}

const earlier = (first: Sleeper | undefined, second: Sleeper) =>
  first && first.at <= second.at ? first : second;

/** Lets what was set off run as far as it can without time passing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS_TO_SETTLE; turn++) await nextTurn();
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
