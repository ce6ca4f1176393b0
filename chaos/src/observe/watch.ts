import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../../../platform/src/story/api.ts';
import type { Violation } from '../check/evidence.ts';
import type { Journey } from '../load/journey.ts';
import { ownersOf, wantedEnd } from './owners.ts';
import { isAtItsEnd, stepBack } from './progress.ts';
import { type Fields, ordersNumbered, type Records, recordsFrom } from './records.ts';

const LOOK_EVERY_MS = 500;

/** Follows every order to its end, over the public APIs, while customers come and go. */
export class Watch {
  /** What was seen to go backwards. */
  readonly violations: Violation[] = [];
  readonly #api: Api;
  readonly #journeys: readonly Journey[];
  /** Orders that have not come to their end for good. */
  readonly #open = new Set<number>();
  readonly #last: Record<'app' | 'customer', Map<number, Fields>> = { app: new Map(), customer: new Map() };
  #highest = 0;

  constructor(api: Api, journeys: readonly Journey[]) {
    this.#api = api;
    this.#journeys = journeys;
  }

  /**
   * Waits until everything that was wished for before a moment is answered and has come to its end. Gives how long
   * that took, in milliseconds from the moment; undefined if it took longer than allowed.
   */
  async untilSettled(moment: number, withinMs: number): Promise<number | undefined> {
    let begunBefore: number | undefined;
    for (;;) {
      // A look fails while a service does not answer; then it is not settled either.
      const left = await this.#look(moment, begunBefore).catch(() => undefined);
      if (left !== undefined) begunBefore ??= this.#highest;
      const tookMs = performance.now() - moment;
      if (left === 0) return tookMs;
      if (tookMs > withinMs) return undefined;
      await delay(LOOK_EVERY_MS);
    }
  }

  /** How much of what was wished for before a moment is not at its end. */
  async #look(moment: number, upTo = Number.POSITIVE_INFINITY): Promise<number> {
    const lowest = Math.min(this.#highest + 1, ...this.#open);
    const [orders, views] = await Promise.all([
      recordsFrom(this.#api, 'app', lowest),
      recordsFrom(this.#api, 'customer', lowest),
    ]);
    this.#compare('app', orders);
    this.#compare('customer', views);
    const highest = Math.max(this.#highest, ...orders.keys());
    for (let id = this.#highest + 1; id <= highest; id++) this.#open.add(id);
    this.#highest = highest;
    const unlisted = await ordersNumbered(
      this.#api,
      [...this.#open].filter((id) => !orders.has(id)),
    );
    const asking = this.#journeys.filter(({ isAsking, wishedAt }) => isAsking && wishedAt <= moment);
    return asking.length + this.#close(new Map([...orders, ...unlisted]), views, moment, upTo);
  }

  /** Crosses off what has come to its end; counts the rest of what was begun before the moment. */
  #close(orders: Records, views: Records, moment: number, upTo: number): number {
    const owners = ownersOf(this.#journeys);
    let left = 0;
    for (const id of this.#open) {
      const owner = owners.get(id);
      if (!isAtItsEnd(orders.get(id), views.get(id), wantedEnd(id, owner))) {
        if (id <= upTo && (owner?.wishedAt ?? 0) <= moment) left++;
      } else if (!owner || owner.hasEnded) {
        this.#open.delete(id);
      }
    }
    return left;
  }

  #compare(of: 'app' | 'customer', records: Records): void {
    for (const [id, record] of records) {
      const fault = stepBack(this.#last[of].get(id), record);
      if (fault) this.violations.push({ invariant: 'I6', orderId: id, what: `${of}: ${fault}` });
      this.#last[of].set(id, record);
    }
  }
}
