import type { Step } from './step-queue.ts';

export interface TraceLine {
  readonly at: number;
  readonly process: string;
  readonly what: string;
}

/** What happened, as a hash over all of it and its last lines in words. */
export class Trace {
  readonly #kept: number;
  readonly #names = new Map<string, number>();
  #lines: TraceLine[] = [];
  #first = 0x811c9dc5;
  #second = 0x1b873593;
  steps = 0;

  constructor(kept: number) {
    this.#kept = kept;
  }

  step({ at, kind, owner }: Step): void {
    this.steps++;
    this.#mix(Math.round(at * 1_000));
    this.#mix(this.#numberOf(kind));
    if (owner) this.#mix(this.#numberOf(owner.name) + owner.incarnation * 64);
    this.#keep(at, owner?.name ?? 'world', kind);
  }

  /** Something worth a reader's attention, and part of the hash. */
  note(at: number, process: string, what: string): void {
    this.#mix(this.#numberOf(what));
    this.#keep(at, process, what);
  }

  get lines(): readonly TraceLine[] {
    return this.#lines.slice(-this.#kept);
  }

  get hash(): string {
    return [this.#first, this.#second].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #keep(at: number, process: string, what: string): void {
    this.#lines.push({ at, process, what });
    if (this.#lines.length > 2 * this.#kept) this.#lines = this.#lines.slice(-this.#kept);
  }

  #numberOf(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    let hash = 0;
    for (let index = 0; index < name.length; index++)
      hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
    this.#names.set(name, hash);
    return hash;
  }

  #mix(value: number): void {
    const low = value | 0;
    const high = Math.floor(value / 4294967296) | 0;
    this.#first = Math.imul(this.#first ^ low, 0x01000193) ^ (this.#first >>> 15);
    this.#second = Math.imul(this.#second ^ low ^ high, 0x85ebca6b) ^ (this.#second >>> 13);
  }
}
