import { type Choices, choicesOf, rememberChoices } from '../choices/choices.ts';
import { realClock } from '../clock.ts';
import type { Outcome } from '../control/protocol.ts';
import { type ControlServer, startControlServer } from '../control/server.ts';
import { faultBehind } from '../faults.ts';
import { clearLeftovers } from '../home/leftovers.ts';
import { prepareHome, requireFreeDisk, requireFreePorts } from '../home/preflight.ts';
import { createSecrets } from '../home/secrets.ts';
import { requireOurVersion } from '../home/version.ts';
import { rotateAll, startRotation } from '../logs/rotation.ts';
import { requireKafka } from '../servers/kafka.ts';
import { requireMariadb } from '../servers/mariadb.ts';
import { type Servers, serversOf } from '../servers/servers.ts';
import { placeOf, type System } from '../system.ts';
import { type Lock, takeLock } from './lock.ts';
import { Supervisor } from './supervisor.ts';

export interface RunningSystem {
  /** Stops everything cleanly, once; later calls wait for the same end. */
  down(): Promise<void>;
  /** Makes a stop that is under way end at once. */
  hurry(): void;
  /** Resolves when everything is stopped. */
  readonly ended: Promise<void>;
}

/**
 * Starts the system under this process; resolves when it is ready, to undefined where another process
 * supervises it already. @throws Fault where something stands in the way; then nothing is left running.
 */
export async function runSystem(
  system: System,
  tell: (message: string) => void,
  onStarted: (running: RunningSystem) => void = () => undefined,
): Promise<RunningSystem | undefined> {
  let lock: Lock | undefined;
  try {
    await prepareHome(system);
    lock = takeLock(system);
    if (!lock) return undefined;
    const servers = await prepareServers(system, tell);
    const supervisor = new Supervisor(system, servers, realClock, tell);
    const running = await supervise(system, supervisor, lock);
    onStarted(running);
    await supervisor.up().catch(async (error) => {
      await running.down();
      throw error;
    });
    return running;
  } catch (error) {
    lock?.release();
    throw faultBehind(error, system.home) ?? error;
  }
}

/** What has to be right before anything is started; the caller holds the lock. */
export async function prepareServers(system: System, tell: (message: string) => void): Promise<Servers> {
  await requireOurVersion(system);
  await requireFreeDisk(system);
  const choices = await choicesOf(system);
  await requirePrograms(system, choices);
  await clearLeftovers(system, realClock, tell);
  const servers = serversOf(system, choices, tell);
  await requireFreePorts(system, servers.all);
  await rememberChoices(system, choices);
  await createSecrets(system);
  await rotateAll(placeOf(system, 'logs'));
  return servers;
}

/** Before the choice is written down: what can't run here is not what the folder is to stay with. */
async function requirePrograms(system: System, { bus, storeDatabase }: Choices): Promise<void> {
  if (bus.bus === 'kafka' && !bus.brokers) await requireKafka(system);
  if (storeDatabase.database === 'mariadb' && !storeDatabase.given) await requireMariadb();
}

async function supervise(system: System, supervisor: Supervisor, lock: Lock): Promise<RunningSystem> {
  const stopRotation = startRotation(placeOf(system, 'logs'));
  let control: ControlServer | undefined;
  let ending: Promise<void> | undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const down = () => {
    ending ??= (async () => {
      await supervisor.down();
      stopRotation();
      await control?.close();
      lock.release();
      end();
    })();
    return ending;
  };
  control = await startControlServer(system, {
    '/status': () => supervisor.status(),
    '/start': (service) => supervisor.start(service),
    '/stop': (service) => supervisor.stop(service),
    '/kill': async (service) => supervisor.kill(service),
    '/settings': async (service) => supervisor.settings(service),
    '/down': async (): Promise<Outcome> => {
      // Answered when all has ended, so that whoever asked can rely on it.
      await down();
      return { ok: true, message: 'phone82 is stopped' };
    },
  });
  return { down, hurry: () => supervisor.killServices(), ended };
}
