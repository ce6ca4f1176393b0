import { openLoop } from '../../../platform/src/load-test/open-loop.ts';
import type { Api } from '../../../platform/src/story/api.ts';
import { type Journey, newJourney } from './journey.ts';
import { travel } from './travel.ts';

/** Customers who come at a steady rate, however the system is. */
export interface Customers {
  /** Everyone who came so far. */
  readonly journeys: readonly Journey[];
  /** No one comes any more; resolves when all have their answers or gave up. */
  end(): Promise<void>;
}

/** Opens the shop: customers come until its end. */
export function letCustomersIn(api: Api, { rate, seed }: { rate: number; seed: number }): Customers {
  const journeys: Journey[] = [];
  const closing = new AbortController();
  const all = openLoop({ rate, signal: closing.signal }, (index) => {
    const journey = newJourney(index, seed, performance.now());
    journeys.push(journey);
    return travel(journey, `chaos-${seed}-${index}`, api);
  });
  return {
    journeys,
    end: () => {
      closing.abort();
      return all;
    },
  };
}
