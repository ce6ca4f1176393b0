import { goodput } from './goodput.ts';
import type { Outcome } from './load.ts';

export interface Search {
  /** The first rate, a second. */
  readonly from: number;
  /** By how much each rate is above the one before. */
  readonly factor: number;
  /** How long each is measured. */
  readonly seconds: number;
}

/** A rate of which less than this share is served in time is beyond the capacity. */
const SERVED = 0.9;
const BEYOND_IN_A_ROW = 2;
const MOST_STEPS = 20;

/** The most orders a second that are served in time, found by rising rates until clearly less is served than comes. */
export async function findCapacity(
  { from, factor, seconds }: Search,
  offer: (rate: number) => Promise<Outcome>,
): Promise<number> {
  let capacity = 0;
  let beyond = 0;
  let rate = from;
  for (let step = 0; step < MOST_STEPS && beyond < BEYOND_IN_A_ROW; step += 1) {
    const served = goodput(await offer(rate), seconds);
    capacity = Math.max(capacity, served);
    beyond = served < SERVED * rate ? beyond + 1 : 0;
    rate *= factor;
  }
  return capacity;
}
