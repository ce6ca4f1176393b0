import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

const LOOK_EVERY_MS = 1_000;
const QUIET_LOOKS = 2;
const LONGEST_MS = 120_000;

/** Waits until the events of the orders so far are worked off: what is left of one load must not weigh on the next. */
export async function untilAtRest(services: readonly string[]): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  let before = -1;
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    if (performance.now() > until) throw new Error('the system does not come to rest');
    await delay(LOOK_EVERY_MS);
    const handled = (await Promise.all(services.map(handledBy))).reduce((sum, count) => sum + count, 0);
    quiet = handled === before ? quiet + 1 : 0;
    before = handled;
  }
}

async function handledBy(url: string): Promise<number> {
  const { body } = await request(`${url}/metrics`);
  return eventsHandled(await body.text());
}

/** How many events took effect, by a service's metrics. */
export function eventsHandled(metrics: string): number {
  const counts = metrics.matchAll(/^events_handled_total\{[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
