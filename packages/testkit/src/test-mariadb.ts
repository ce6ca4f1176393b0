import { randomBytes } from 'node:crypto';
import { type EmbeddedMariadb, startEmbeddedMariadb } from '@phone82/embedded-mariadb';
import { temporaryFolder } from './temporary-folder.ts';

export interface TestMariadb {
  readonly port: number;
  /** A new, empty database; its URL. */
  freshDatabase(): Promise<string>;
  /** Ends the server once everyone who started it has stopped it. */
  stop(): Promise<void>;
}

type Folder = Awaited<ReturnType<typeof temporaryFolder>>;

let shared: Promise<{ server: EmbeddedMariadb; folder: Folder }> | undefined;
let users = 0;

/** A real MariaDB for tests, one per process, in a folder of its own that goes with it. Not durable, hence fast. */
export async function startTestMariadb(): Promise<TestMariadb> {
  users++;
  shared ??= start();
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
}

async function start() {
  const folder = await temporaryFolder();
  try {
    return { server: await startEmbeddedMariadb({ dataDir: folder.path, durable: false }), folder };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
