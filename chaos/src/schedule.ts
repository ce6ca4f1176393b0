import type { Fault } from './faults/fault.ts';
import { type Chance, shuffled } from './seeded-chance.ts';

export interface PlannedFault {
  readonly fault: Fault;
  /** For faults that have a length. */
  readonly forMs: number;
}

export interface ScheduleOptions {
  /** By kind. */
  readonly catalogue: readonly (readonly Fault[])[];
  readonly chance: Chance;
  readonly shortestMs: number;
  readonly longestMs: number;
}

/**
 * Faults without end, in an order of chance: each once before any comes again, and the kinds by turns, so that also a
 * short run sees all of them.
 */
export function* schedule(options: ScheduleOptions): Generator<PlannedFault, never> {
  const { catalogue, chance, shortestMs, longestMs } = options;
  for (;;)
    for (const fault of byTurns(catalogue.map((kind) => shuffled(kind, chance))))
      yield { fault, forMs: Math.round(shortestMs + chance() * (longestMs - shortestMs)) };
}

function byTurns(kinds: readonly (readonly Fault[])[]): Fault[] {
  const longest = Math.max(...kinds.map((kind) => kind.length));
  return Array.from({ length: longest }, (_, turn) => kinds.flatMap((kind) => kind[turn] ?? [])).flat();
}
