import type { BusSignal, Hint } from '@phone82/messaging';
import type { Chance } from '../engine/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { Faults } from '../faults/faults.ts';

interface Listener {
  readonly owner: SimulatedProcess;
  readonly incarnation: number;
  readonly hear: (hint: Hint) => void;
  /** Hints on their way: more of the same become one. */
  readonly coming: Set<Hint>;
}

/** Tells hints to all processes that listen. */
export class SimulatedSignals {
  readonly #options: { readonly scheduler: Scheduler; readonly faults: Faults; readonly chance: Chance };
  #listeners: Listener[] = [];

  constructor(options: { scheduler: Scheduler; faults: Faults; chance: Chance }) {
    this.#options = options;
  }

  of(owner: SimulatedProcess): BusSignal {
    return {
      send: (hint) => this.#send(hint),
      listen: (hear) => {
        const listener = { owner, incarnation: owner.incarnation, hear, coming: new Set<Hint>() };
        this.#listeners.push(listener);
        return () => {
          this.#listeners = this.#listeners.filter((one) => one !== listener);
        };
      },
      close: async () => undefined,
    };
  }

  #send(hint: Hint): void {
    const { scheduler, faults, chance } = this.#options;
    this.#listeners = this.#listeners.filter(({ owner, incarnation }) => owner.incarnation === incarnation);
    for (const { owner, hear, coming } of this.#listeners) {
      if (coming.has(hint) || faults.strikes('hint lost')) continue;
      coming.add(hint);
      const tell = () => {
        coming.delete(hint);
        hear(hint);
      };
      scheduler.plan(0.1 + chance.next() * 2, `hint: ${hint}`, tell, owner);
    }
  }
}
