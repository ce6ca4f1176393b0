import { inStoreDatabase } from '@phone82/service-list';
import { Fault } from '../faults.ts';
import { placeOf, portOf, type System } from '../system.ts';
import { type DatabaseServer, databaseServer } from './server.ts';

/** The port of the system's own MariaDB, before the offset; not all systems have one. */
const DEFAULT_PORT = 8078;

const databaseNamed = (service: string) => `phone82_${service}`;

/** The server of the databases that `--store-db mariadb` asks for, with one for each service. */
export function mariadbOf(system: System, tell: (message: string) => void): DatabaseServer {
  const port = portOf(system, { port: DEFAULT_PORT });
  const databases = inStoreDatabase.map(databaseNamed);
  const server = databaseServer({ name: 'mariadb', port }, databases, async () => {
    // Loaded only where it is used.
    const { startEmbeddedMariadb } = await import('@phone82/embedded-mariadb');
    return startEmbeddedMariadb({
      dataDir: placeOf(system, 'mariadb'),
      port,
      logFile: placeOf(system, 'logs', 'mariadb.log'),
      log: tell,
    });
  });
  return { ...server, url: (service) => server.url(databaseNamed(service)) };
}

/** @throws Fault where the server's programs are not on this machine. */
export async function requireMariadb(): Promise<void> {
  const { findMariadb } = await import('@phone82/embedded-mariadb');
  await findMariadb().catch((error: Error) => {
    const otherwise = 'or set PHONE82_STORE_DATABASE_URL and PHONE82_MARKETING_DATABASE_URL';
    throw new Fault(`${error.message.replace(/\.$/, '')}; ${otherwise}.`, { cause: error });
  });
}
