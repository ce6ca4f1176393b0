import { setImmediate as nextTurn } from 'node:timers/promises';
import { chanceOf } from '../src/engine/chance.ts';
import { processEnvironment } from '../src/engine/process-environment.ts';
import { EPOCH_MS, Scheduler } from '../src/engine/scheduler.ts';
import { newProcess } from '../src/engine/simulated-process.ts';
import { Trace } from '../src/engine/trace.ts';
import { faultKinds } from '../src/faults/fault-kinds.ts';
import { Faults } from '../src/faults/faults.ts';
import { Calls } from '../src/network/calls.ts';
import type { Connection } from '../src/storage/connection.ts';

export interface QuietWorld {
  readonly connection: Connection;
  /** Lets virtual time pass. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

const AT_ONCE_MS = 10;

/** A process and its servers on virtual time, in which no fault strikes; what has been asked for goes on by itself. */
export function startQuietWorld(): QuietWorld {
  const scheduler = new Scheduler(new Trace(1));
  const faults = new Faults(chanceOf(1, 'faults'), () => undefined, new Set(faultKinds));
  const nothing = () => undefined;
  const calls = new Calls({
    scheduler,
    faults,
    chance: chanceOf(1, 'network'),
    crash: nothing,
    disturb: nothing,
  });
  const process = newProcess('subject', 'subject');
  const environment = processEnvironment(scheduler, process, chanceOf(1, 'subject'), { next: 0 });
  const serverNow = () => EPOCH_MS + Math.floor(scheduler.now);
  let isOpen = true;
  let skip = 0;
  const running = (async () => {
    while (isOpen) {
      const ms = skip + (scheduler.isIdle ? 0 : AT_ONCE_MS);
      skip = 0;
      if (ms > 0) await scheduler.runUntil(scheduler.now + ms);
      await nextTurn();
    }
  })();
  return {
    connection: { calls, faults, process, environment, serverNow },
    advance: async (ms) => {
      skip += ms;
      while (skip > 0) await nextTurn();
    },
    close: async () => {
      isOpen = false;
      await running;
    },
  };
}
