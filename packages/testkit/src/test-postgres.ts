import { sharedDatabaseServer, type TestDatabaseServer } from './shared-database-server.ts';

export type TestPostgres = TestDatabaseServer;

/** A real PostgreSQL for tests, shared. */
export const startTestPostgres = sharedDatabaseServer('postgres', async (options) => {
  const { startEmbeddedPostgres } = await import('@phone82/embedded-postgres');
  return startEmbeddedPostgres(options);
});
