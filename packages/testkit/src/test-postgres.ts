import { startEmbeddedPostgres } from '@phone82/embedded-postgres';
import { sharedDatabaseServer, type TestDatabaseServer } from './shared-database-server.ts';

export type TestPostgres = TestDatabaseServer;

/** A real PostgreSQL for tests, one per process. */
export const startTestPostgres = sharedDatabaseServer(startEmbeddedPostgres);
