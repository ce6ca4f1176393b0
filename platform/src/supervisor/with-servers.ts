import { realClock } from '../clock.ts';
import { Fault, faultBehind } from '../faults.ts';
import { prepareHome } from '../home/preflight.ts';
import type { System } from '../system.ts';
import { takeLock } from './lock.ts';
import { prepareServers } from './run.ts';
import { Supervisor } from './supervisor.ts';

/**
 * Starts the databases and the broker of a system that does not run, has work done on them, and stops them again. `settings` is what
 * a service is told. @throws Fault where something stands in the way.
 */
export async function withServers<T>(
  system: System,
  tell: (message: string) => void,
  work: (settings: (service: string) => Record<string, string>) => Promise<T>,
): Promise<T> {
  await prepareHome(system);
  const lock = takeLock(system);
  if (!lock) throw new Fault('phone82 is just being started or stopped: try again in a moment.');
  try {
    const supervisor = new Supervisor(system, await prepareServers(system, tell), realClock, tell);
    try {
      await supervisor.upServers();
      return await work((service) => supervisor.settings(service));
    } finally {
      await supervisor.down();
    }
  } catch (error) {
    throw faultBehind(error, system.home) ?? error;
  } finally {
    lock.release();
  }
}
