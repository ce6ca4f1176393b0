import type { SimulatedProcess } from './simulated-process.ts';
import { type Step, StepQueue } from './step-queue.ts';
import type { Trace } from './trace.ts';

/** Where a simulation's time begins: 2026-01-01 09:00 in Seoul. */
export const EPOCH_MS = Date.UTC(2026, 0, 1);

/**
 * Runs everything that happens, one step after another, each at its virtual time. Between two steps all promises
 * that the first one settled have run, so what a process does at once can't be torn apart, and all else can.
 */
export class Scheduler {
  readonly trace: Trace;
  readonly #queue = new StepQueue();
  #seq = 0;
  #now = 0;
  #current: SimulatedProcess | undefined;
  #incarnation = 0;

  constructor(trace: Trace) {
    this.trace = trace;
  }

  /** Milliseconds since the simulation began. */
  get now(): number {
    return this.#now;
  }

  /** Whether nothing is planned. */
  get isIdle(): boolean {
    return this.#queue.size === 0;
  }

  /** Whose code runs now. */
  get current(): SimulatedProcess | undefined {
    return this.#current;
  }

  /** Plans a step. A step of a process does not run once that incarnation of it has crashed. */
  plan(
    delayMs: number,
    kind: string,
    run: () => void,
    owner?: SimulatedProcess,
    incarnation = this.#incarnationOf(owner),
  ): Step {
    const at = this.#now + Math.max(0, delayMs);
    const step = { at, seq: this.#seq++, kind, owner, incarnation, run };
    this.#queue.push(step);
    return step;
  }

  /** Lets a frozen process go on: what it held back runs now, in the order in which it was planned. */
  thaw(owner: SimulatedProcess): void {
    const held = this.#queue.take((step) => step.owner === owner && step.at === owner.frozenUntil);
    owner.frozenUntil = 0;
    for (const step of held) {
      step.at = this.#now;
      this.#queue.push(step);
    }
  }

  /** Whether the code that runs now is that of a process which died in this step. */
  isDead(owner: SimulatedProcess): boolean {
    return owner === this.#current && owner.incarnation !== this.#incarnation;
  }

  /** What a process still does in the step in which it died belongs to the dead, not to its successor. */
  #incarnationOf(owner: SimulatedProcess | undefined): number {
    return owner === this.#current ? this.#incarnation : (owner?.incarnation ?? 0);
  }

  /** Runs until a virtual time. */
  runUntil(endMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        try {
          if (!this.#next(endMs)) return resolve();
        } catch (error) {
          return reject(error);
        }
        // Ticks come after all microtasks: what the step set off has run before the next one begins.
        queueMicrotask(soon);
      };
      const soon = () => process.nextTick(turn);
      turn();
    });
  }

  /** False when the time is over. */
  #next(endMs: number): boolean {
    for (;;) {
      const step = this.#queue.pop();
      if (!step || step.at > endMs) {
        if (step) this.#queue.push(step);
        this.#now = Math.max(this.#now, endMs);
        this.#current = undefined;
        return false;
      }
      if (this.#isOver(step)) continue;
      this.#now = step.at;
      this.#current = step.owner;
      this.#incarnation = step.incarnation;
      this.trace.step(step);
      step.run?.();
      return true;
    }
  }

  /** A cancelled step, one of a dead process, or one that has to wait for its frozen process to go on. */
  #isOver(step: Step): boolean {
    const { owner } = step;
    if (!step.run || (owner && owner.incarnation !== step.incarnation)) return true;
    if (!owner || owner.frozenUntil <= step.at) return false;
    step.at = owner.frozenUntil;
    this.#queue.push(step);
    return true;
  }
}
