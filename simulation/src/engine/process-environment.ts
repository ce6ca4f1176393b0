import type { Environment } from '@phone82/runtime';
import type { Chance } from './chance.ts';
import { EPOCH_MS, type Scheduler } from './scheduler.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** The outside world as one incarnation of a process sees it. */
export function processEnvironment(
  scheduler: Scheduler,
  owner: SimulatedProcess,
  chance: Chance,
  ids: { next: number },
): Environment {
  return {
    now: () => EPOCH_MS + Math.floor(scheduler.now) + owner.clockOffsetMs,
    random: chance.next,
    newId: () => uuidOf(++ids.next),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          step.run = undefined;
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const step = scheduler.plan(ms, 'wake', wake, owner);
        signal?.addEventListener('abort', wake);
      }),
  };
}

/** A UUID, as in production: by it a message of our own services is told from others'. */
const uuidOf = (number: number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
