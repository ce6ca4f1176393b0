import path from 'node:path';
import type { BusChoice } from '../choices/bus.ts';
import { placeOf, portOf, type System } from '../system.ts';
import { running, type Server } from './server.ts';

/** The port of the system's own broker, before the offset; not all systems have one. */
const DEFAULT_PORT = 8079;

/** Beside the Node that the launcher brought, for all data folders. */
const cacheOf = ({ root }: System) => path.join(root, '.phone82', 'cache');

/** The broker of the log; what services are to know of it is known once it has run. */
export interface KafkaServer extends Server {
  settings(): Record<string, string>;
}

/** The system's own broker. */
export function kafkaOf(system: System, tell: (message: string) => void): KafkaServer {
  const port = portOf(system, { port: DEFAULT_PORT });
  let settings: Record<string, string> | undefined;
  return {
    name: 'kafka',
    port,
    launch: async () => {
      // Loaded only where it is used.
      const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
      const broker = await startEmbeddedKafka({
        dataDir: placeOf(system, 'kafka'),
        cacheDir: cacheOf(system),
        port,
        logFile: placeOf(system, 'logs', 'kafka.log'),
        log: tell,
      });
      settings = { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC_SETTINGS: broker.topicSettings };
      return running(broker);
    },
    settings: () => {
      if (!settings) throw new Error('kafka has not run yet');
      return settings;
    },
  };
}

/** @throws the sentence that says what to install, where a broker can't be started on this machine. */
export async function requireKafka(system: System): Promise<void> {
  const { requireBrokerPrograms } = await import('@phone82/embedded-kafka');
  await requireBrokerPrograms(cacheOf(system));
}

/**
 * What services are told of the Kafka that holds the log. Empty counts as missing: what the caller's environment says of a Kafka is not
 * for those that have another log.
 */
export function kafkaSettings(
  { environment }: System,
  bus: BusChoice,
  own: KafkaServer | undefined,
): Record<string, string> {
  if (bus.bus === 'kafka' && bus.brokers) return { KAFKA_BROKERS: bus.brokers };
  const said = Object.keys(environment).filter((key) => key.startsWith('KAFKA_'));
  return { ...Object.fromEntries(said.map((key) => [key, ''])), ...own?.settings() };
}
