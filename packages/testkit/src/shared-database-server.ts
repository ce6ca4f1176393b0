import { randomBytes } from 'node:crypto';
import type { LocalDatabase, LocalDatabaseOptions } from '@phone82/local-server';
import { askRunner, sharesServers } from './shared-servers.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A real database server for tests. */
export interface TestDatabaseServer {
  readonly port: number;
  /** A new, empty database; its URL. */
  freshDatabase(): Promise<string>;
  /** Drops the databases, or ends the server, once everyone who started it has stopped it. */
  stop(): Promise<void>;
}

type Start = (options: LocalDatabaseOptions) => Promise<LocalDatabase>;

/** The server that the test runner shares with all files; without the runner, one per process, in a folder of its own. Not durable, hence fast. */
export function sharedDatabaseServer(
  kind: 'postgres' | 'mariadb',
  start: Start,
): () => Promise<TestDatabaseServer> {
  let shared: Promise<TestDatabaseServer> | undefined;
  let users = 0;
  return async () => {
    users++;
    shared ??= sharesServers() ? ofRunner(kind) : ofThisProcess(start);
    const server = await shared;
    return {
      ...server,
      stop: async () => {
        if (--users > 0) return;
        shared = undefined;
        await server.stop();
      },
    };
  };
}

const newName = () => `test_${randomBytes(6).toString('hex')}`;

async function ofRunner(kind: string): Promise<TestDatabaseServer> {
  const { port } = await askRunner<{ port: number }>(`/${kind}`);
  const created: string[] = [];
  return {
    port,
    freshDatabase: async () => {
      const name = newName();
      created.push(name);
      return (await askRunner<{ url: string }>(`/${kind}/create`, { names: [name] })).url;
    },
    stop: async () => {
      await askRunner(`/${kind}/drop`, { names: created.splice(0) });
    },
  };
}

async function ofThisProcess(start: Start): Promise<TestDatabaseServer> {
  const folder = await temporaryFolder();
  const server = await start({ dataDir: folder.path, durable: false }).catch(async (error) => {
    await folder.remove();
    throw error;
  });
  return {
    port: server.port,
    freshDatabase: async () => {
      const name = newName();
      await server.createDatabase(name);
      return server.url(name);
    },
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}
