import { randomBytes } from 'node:crypto';
import type { LocalDatabase, LocalDatabaseOptions } from '@phone82/local-server';
import { temporaryFolder } from './temporary-folder.ts';

/** A real database server for tests. */
export interface TestDatabaseServer {
  readonly port: number;
  /** A new, empty database; its URL. */
  freshDatabase(): Promise<string>;
  /** Ends the server once everyone who started it has stopped it. */
  stop(): Promise<void>;
}

/** Starts one server per process, in a folder of its own that goes with it. Not durable, hence fast. */
export function sharedDatabaseServer(
  start: (options: LocalDatabaseOptions) => Promise<LocalDatabase>,
): () => Promise<TestDatabaseServer> {
  let shared: ReturnType<typeof inTemporaryFolder> | undefined;
  let users = 0;
  return async () => {
    users++;
    shared ??= inTemporaryFolder(start);
    const { server, folder } = await shared;
    return {
      port: server.port,
      freshDatabase: async () => {
        const name = `test_${randomBytes(6).toString('hex')}`;
        await server.createDatabase(name);
        return server.url(name);
      },
      stop: async () => {
        if (--users > 0) return;
        shared = undefined;
        await server.stop();
        await folder.remove();
      },
    };
  };
}

async function inTemporaryFolder(start: (options: LocalDatabaseOptions) => Promise<LocalDatabase>) {
  const folder = await temporaryFolder();
  try {
    return { server: await start({ dataDir: folder.path, durable: false }), folder };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
