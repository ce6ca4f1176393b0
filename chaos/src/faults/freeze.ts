import { setTimeout as delay } from 'node:timers/promises';
import { listProcesses } from '../../../platform/src/processes.ts';
import type { Fault, Target } from './fault.ts';

/** A process and its children stand still (SIGSTOP), as under a stalled disk or a paused machine, and go on later. */
export const freeze = (target: Target): Fault => ({
  kind: 'freeze',
  name: `freeze ${target}`,
  strike: async ({ units }, forMs) => {
    const family = await familyOf(await units.pidOf(target));
    signal(family, 'SIGSTOP');
    await delay(forMs);
    signal(family, 'SIGCONT');
    await units.untilReady();
  },
});

/** PostgreSQL serves each connection with a process of its own. */
async function familyOf(pid: number): Promise<readonly number[]> {
  const processes = await listProcesses();
  return [pid, ...processes.filter(({ parent }) => parent === pid).map((child) => child.pid)];
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const [index, pid] of pids.entries()) {
    try {
      process.kill(pid, name);
    } catch (error) {
      // A child may have ended by itself; without the first one nothing was frozen.
      if (index === 0) throw error;
    }
  }
}
