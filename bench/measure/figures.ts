import type { Outcome } from '../load/load.ts';

/** How long requests took: half of them at most `p50` milliseconds, and so on. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What a load came to. */
export interface Figures {
  /** Good answers a second. */
  readonly perSecond: number;
  /** Percent of the requests that got the answer that was hoped for. */
  readonly availability: number;
  /** How many got another one, by status or what went wrong. */
  readonly others: Outcome['others'];
  readonly answered: Spread;
  /** What became of it in the view: how many a second, from the first request until all were there, and how long each took. */
  readonly view?: { readonly perSecond: number; readonly lost: number; readonly took: Spread };
  /** CPU milliseconds for each request, by process; what the events of it cost included. */
  readonly cpuMs: Readonly<Record<string, number>>;
  /** The most memory all processes had at once. */
  readonly memory: Memory;
  readonly senderLateMs: number;
}

export interface Memory {
  readonly rssMb: number;
  readonly pssMb: number;
}

/** The same of both systems. */
export interface Pair<T> {
  readonly measured: T;
  readonly beside: T;
}

/** Values that were seen; zeros of none. */
export function spreadOf(ms: readonly number[]): Spread {
  const sorted = Float64Array.from(ms).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: sorted.at(-1) ?? 0 };
}

/** One outcome of several rounds of the same load. */
export function pooled(rounds: readonly Outcome[]): Outcome {
  const others: Record<string, number> = {};
  for (const round of rounds)
    for (const [what, count] of Object.entries(round.others)) others[what] = (others[what] ?? 0) + count;
  const total = (of: (round: Outcome) => number) => rounds.reduce((sum, round) => sum + of(round), 0);
  const inView = rounds.flatMap((round) => round.inView ?? []);
  return {
    seconds: total(({ seconds }) => seconds),
    good: total(({ good }) => good),
    others,
    answeredMs: rounds.flatMap(({ answeredMs }) => answeredMs),
    ids: rounds.flatMap(({ ids }) => ids),
    senderLateMs: Math.max(...rounds.map(({ senderLateMs }) => senderLateMs)),
    ...(inView.length > 0 && {
      inView: {
        ms: inView.flatMap(({ ms }) => ms),
        lost: inView.reduce((sum, { lost }) => sum + lost, 0),
        allSeconds: inView.reduce((sum, { allSeconds }) => sum + allSeconds, 0),
      },
    }),
  };
}

/** How many requests did not get the answer that was hoped for. */
export const refusedOf = (others: Outcome['others']): number =>
  Object.values(others).reduce((sum, count) => sum + count, 0);

export function figuresOf(outcome: Outcome, { cpuMs, memory }: Pick<Figures, 'cpuMs' | 'memory'>): Figures {
  const { good, seconds, others, answeredMs, ids, inView, senderLateMs } = outcome;
  return {
    perSecond: good / seconds,
    availability: (100 * ids.length) / Math.max(1, ids.length + refusedOf(others)),
    others,
    answered: spreadOf(answeredMs),
    ...(inView && {
      view: { perSecond: ids.length / inView.allSeconds, lost: inView.lost, took: spreadOf(inView.ms) },
    }),
    cpuMs,
    memory,
    senderLateMs,
  };
}
