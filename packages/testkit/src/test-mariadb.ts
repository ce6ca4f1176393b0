import { startEmbeddedMariadb } from '@phone82/embedded-mariadb';
import { sharedDatabaseServer, type TestDatabaseServer } from './shared-database-server.ts';

export type TestMariadb = TestDatabaseServer;

/** A real MariaDB for tests, one per process. */
export const startTestMariadb = sharedDatabaseServer(startEmbeddedMariadb);
