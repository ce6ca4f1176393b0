import { quantile, type Sample } from './latencies.ts';

/** What was seen in one phase: marketing as it should be, or slow. */
export interface Phase {
  readonly orders: readonly Sample[];
  readonly views: readonly Sample[];
  readonly cancels: readonly Sample[];
  /** Payments that waited with their cancel when the phase ended. */
  readonly deferred: number;
  /** From the end of the phase until no cancel waited any more; undefined if that took longer than 30 s. */
  readonly drainedMs: number | undefined;
}

const A_TENTH = 1.1;

/** What is wrong, in sentences; none if an overloaded marketing concerned nobody but the refunds. */
export function faultsUnderOverload(well: readonly Phase[], slow: readonly Phase[]): string[] {
  return [
    ...slow.flatMap(({ deferred }, index) =>
      deferred > 0 ? [] : [`slow phase ${index + 1}: no cancel was deferred`],
    ),
    ...[...well, ...slow].flatMap(({ drainedMs }) =>
      drainedMs === undefined ? ['cancels still wait after 30 s'] : [],
    ),
    ...refused(slow, 'orders', 201),
    ...refused(slow, 'views', 200),
    ...refused(slow, 'cancels', 200),
    ...(['orders', 'views'] as const).flatMap((what) => slowed(well, slow, what)),
  ];
}

function refused(phases: readonly Phase[], what: 'orders' | 'views' | 'cancels', status: number): string[] {
  const all = phases.flatMap((phase) => phase[what]);
  const bad = all.filter((sample) => sample.status !== status);
  if (all.length === 0) return [`there were no ${what} while marketing was slow`];
  return bad.length === 0 ? [] : [`${bad.length} of ${all.length} ${what} were not answered with ${status}`];
}

/**
 * All phases of a sort together. The tail of a phase rests on few samples, so it counts as slower only if it is so too beside
 * the worst phase in which marketing was well.
 */
function slowed(well: readonly Phase[], slow: readonly Phase[], what: 'orders' | 'views'): string[] {
  const at = (phases: readonly Phase[], share: number) =>
    quantile(
      phases.flatMap((phase) => phase[what]),
      share,
    );
  const worstTail = Math.max(...well.map((phase) => quantile(phase[what], 0.99)));
  const say = (name: string, before: number, after: number) =>
    `${name} of ${what} went from ${before.toFixed(1)} ms to ${after.toFixed(1)} ms`;
  const faults: string[] = [];
  if (at(slow, 0.5) > at(well, 0.5) * A_TENTH) faults.push(say('p50', at(well, 0.5), at(slow, 0.5)));
  if (at(slow, 0.99) > Math.max(at(well, 0.99), worstTail) * A_TENTH)
    faults.push(say('p99', at(well, 0.99), at(slow, 0.99)));
  return faults;
}
