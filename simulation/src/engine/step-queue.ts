import type { SimulatedProcess } from './simulated-process.ts';

/** Something that is going to happen. */
export interface Step {
  at: number;
  readonly seq: number;
  readonly kind: string;
  /** Whose memory it runs in; undefined for what no crash takes away. */
  readonly owner: SimulatedProcess | undefined;
  readonly incarnation: number;
  run: (() => void) | undefined;
}

const isBefore = (one: Step, other: Step) =>
  one.at < other.at || (one.at === other.at && one.seq < other.seq);

/** Steps by their time, those of one time in the order in which they were planned (a binary heap). */
export class StepQueue {
  readonly #steps: Step[] = [];

  get size(): number {
    return this.#steps.length;
  }

  push(step: Step): void {
    const steps = this.#steps;
    let place = steps.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = steps[parent] as Step;
      if (!isBefore(step, above)) break;
      steps[place] = above;
      place = parent;
    }
    steps[place] = step;
  }

  pop(): Step | undefined {
    const steps = this.#steps;
    const first = steps[0];
    const last = steps.pop();
    if (first !== undefined && last !== undefined && first !== last) this.#sink(last);
    return first;
  }

  /** Takes out all steps of a kind. */
  take(isWanted: (step: Step) => boolean): readonly Step[] {
    const { wanted = [], others = [] } = Object.groupBy(this.#steps.splice(0), (step) =>
      isWanted(step) ? 'wanted' : 'others',
    );
    for (const step of others) this.push(step);
    return wanted;
  }

  #sink(step: Step): void {
    const steps = this.#steps;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= steps.length) break;
      if (child + 1 < steps.length && isBefore(steps[child + 1] as Step, steps[child] as Step)) child++;
      const below = steps[child] as Step;
      if (!isBefore(below, step)) break;
      steps[place] = below;
      place = child;
    }
    steps[place] = step;
  }
}
