import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { startTestMariadb } from './test-mariadb.ts';

/** An empty database of a test, and how to be rid of it. */
export interface ComponentDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

let open = onSqlite;

/** From now on, {@link componentDatabase} gives databases on MariaDB, in this process. Default: SQLite files. */
export function useMariadb(): void {
  open = onMariadb;
}

/** A database for a service that is tested as a whole. */
export const componentDatabase = (): Promise<ComponentDatabase> => open();

async function onSqlite(): Promise<ComponentDatabase> {
  const folder = await temporaryFolder();
  return { url: `sqlite://${join(folder.path, 'component.db')}`, remove: folder.remove };
}

async function onMariadb(): Promise<ComponentDatabase> {
  const server = await startTestMariadb();
  return { url: await server.freshDatabase(), remove: server.stop };
}
