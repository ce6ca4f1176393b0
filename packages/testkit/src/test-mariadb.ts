import { sharedDatabaseServer, type TestDatabaseServer } from './shared-database-server.ts';

export type TestMariadb = TestDatabaseServer;

/** A real MariaDB for tests, shared. */
export const startTestMariadb = sharedDatabaseServer('mariadb', async (options) => {
  const { startEmbeddedMariadb } = await import('@phone82/embedded-mariadb');
  return startEmbeddedMariadb(options);
});
