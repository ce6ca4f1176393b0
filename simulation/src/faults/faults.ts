import type { Chance } from '../engine/chance.ts';
import { type FaultKind, faultKinds, faultRates } from './fault-kinds.ts';

/** Decides which faults strike, and counts them. Each run has some kinds of them only, each as often as its seed says. */
export class Faults {
  readonly #chance: Chance;
  readonly #rates: ReadonlyMap<FaultKind, number>;
  readonly #note: (kind: FaultKind) => void;
  readonly counts = new Map<FaultKind, number>();
  isOver = false;

  constructor(chance: Chance, note: (kind: FaultKind) => void, without: ReadonlySet<string> = new Set()) {
    this.#chance = chance;
    this.#note = note;
    this.#rates = new Map(
      faultKinds.map((kind) => {
        const rate = chance.happens(0.5) ? faultRates[kind] * 10 ** chance.between(-0.6, 0.6) : 0;
        return [kind, without.has(kind) ? 0 : rate];
      }),
    );
  }

  strikes(kind: FaultKind): boolean {
    const rate = this.#rates.get(kind) as number;
    if (this.isOver || rate === 0 || !this.#chance.happens(rate)) return false;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.#note(kind);
    return true;
  }

  /** How long something takes that takes long. */
  duration(low: number, high: number): number {
    return this.#chance.between(low, high);
  }
}
