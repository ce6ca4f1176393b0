import type { Environment } from '@phone82/runtime';

/** What comes in quick succession is worked on together, however long the time before was quiet. */
const LINGER_MS = 5;
/** Where there is always something to do, a step begins this long after the one before: fewer steps do the same work. */
const EVERY_MS = 40;

/** Spaces out the steps of something that works in batches. */
export class Pace {
  readonly #environment: Environment;
  #last = Number.NEGATIVE_INFINITY;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Resolves when it is time for the next step. */
  async next(): Promise<void> {
    const early = this.#last + EVERY_MS - this.#environment.now();
    await this.#environment.sleep(Math.max(LINGER_MS, Math.min(early, EVERY_MS)));
    this.#last = this.#environment.now();
  }
}
