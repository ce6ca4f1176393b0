import path from 'node:path';
import type { BusChoice } from '../bus/choice.ts';
import { placeOf, portOf, type System } from '../system.ts';
import type { Running } from './unit.ts';

/** The port of the system's own broker, before the offset; not all topologies have one. */
const DEFAULT_PORT = 8079;

export const kafkaPort = (system: System) => portOf(system, { port: DEFAULT_PORT });

/** The brokers that services are told, undefined where the log is in PostgreSQL. */
export function brokersOf(system: System, choice: BusChoice): string | undefined {
  if (choice.bus === 'embedded') return undefined;
  return choice.brokers ?? `127.0.0.1:${kafkaPort(system)}`;
}

/** Whether the system has a broker of its own. */
export const hasOwnBroker = (choice: BusChoice) => choice.bus === 'kafka' && !choice.brokers;

/** Starts the system's own broker. */
export async function launchKafka(system: System, tell: (message: string) => void): Promise<Running> {
  // Loaded only where it is used.
  const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
  const broker = await startEmbeddedKafka({
    dataDir: placeOf(system, 'kafka'),
    // Beside the Node that the launcher brought, for all data folders.
    cacheDir: path.join(system.root, '.phone82', 'cache'),
    port: kafkaPort(system),
    logFile: placeOf(system, 'logs', 'kafka.log'),
    log: tell,
  });
  return {
    pid: broker.pid,
    exited: broker.exited,
    untilReady: () => Promise.resolve(),
    stop: () => broker.stop(),
    kill: () => void broker.kill(),
  };
}
