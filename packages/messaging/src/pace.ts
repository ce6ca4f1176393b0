import type { Environment } from '@phone82/runtime';

/** What comes in quick succession is worked on together, however long the time before was quiet. */
const LINGER_MS = 5;
/** Where a lot comes, a step begins this long after the one before: fewer steps do the same work. */
const LONGEST_MS = 80;
/** How many items a second make it that long. */
const A_LOT_PER_SECOND = 400;

/** Spaces out the steps of something that works in batches: the more there is to do, the further apart they are. */
export class Pace {
  readonly #environment: Environment;
  #last = Number.NEGATIVE_INFINITY;
  #pauseMs = LINGER_MS;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Resolves when it is time for the next step. */
  async next(): Promise<void> {
    const early = this.#last + this.#pauseMs - this.#environment.now();
    await this.#environment.sleep(Math.max(LINGER_MS, Math.min(early, LONGEST_MS)));
  }

  /** A step found so many items, which came since the step before. */
  found(items: number): void {
    const now = this.#environment.now();
    const perSecond = (1_000 * items) / Math.max(LINGER_MS, now - this.#last);
    this.#pauseMs = Math.max(LINGER_MS, LONGEST_MS * Math.min(1, perSecond / A_LOT_PER_SECOND));
    this.#last = now;
  }
}
