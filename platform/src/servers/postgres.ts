import { startEmbeddedPostgres } from '@phone82/embedded-postgres';
import { placeOf, postgresPort, type System } from '../system.ts';
import { type DatabaseServer, databaseServer } from './server.ts';

/** The server of the databases, and of the log where Kafka has it not. */
export function postgresOf(system: System, tell: (message: string) => void): DatabaseServer {
  const port = postgresPort(system);
  return databaseServer({ name: 'postgres', port }, system.topology.postgres.databases, () =>
    startEmbeddedPostgres({
      dataDir: placeOf(system, 'postgres'),
      port,
      logFile: placeOf(system, 'logs', 'postgres.log'),
      log: tell,
    }),
  );
}
