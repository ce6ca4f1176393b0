import path from 'node:path';
import { placeOf, portOf, type System } from '../system.ts';
import { running, type Server } from './server.ts';

/** The port of the system's own broker, before the offset; not all systems have one. */
const DEFAULT_PORT = 8079;

/** The broker of the log. */
export function kafkaOf(system: System, tell: (message: string) => void): Server {
  const port = portOf(system, { port: DEFAULT_PORT });
  return {
    name: 'kafka',
    port,
    launch: async () => {
      // Loaded only where it is used.
      const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
      const broker = await startEmbeddedKafka({
        dataDir: placeOf(system, 'kafka'),
        // Beside the Node that the launcher brought, for all data folders.
        cacheDir: path.join(system.root, '.phone82', 'cache'),
        port,
        logFile: placeOf(system, 'logs', 'kafka.log'),
        log: tell,
      });
      return running(broker);
    },
  };
}
