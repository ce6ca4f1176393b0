import { type Environment, WOKEN } from '@phone82/runtime';

/** A sleep that can be cut short, also just before it begins. */
export class WakeUp {
  readonly #environment: Environment;
  #awake = false;
  #sleeping: AbortController | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  wake(): void {
    this.#awake = true;
    this.#sleeping?.abort(WOKEN);
  }

  async sleep(ms: number): Promise<void> {
    if (!this.#awake) {
      this.#sleeping = new AbortController();
      await this.#environment.sleep(ms, this.#sleeping.signal);
      this.#sleeping = undefined;
    }
    this.#awake = false;
  }
}
