import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDatabase, LocalDatabaseOptions } from '@phone82/local-server';
import { CACHE } from './test-kafka.ts';

type DatabaseKind = 'postgres' | 'mariadb';

const start: Readonly<Record<DatabaseKind, (options: LocalDatabaseOptions) => Promise<LocalDatabase>>> = {
  postgres: async (options) => (await import('@phone82/embedded-postgres')).startEmbeddedPostgres(options),
  mariadb: async (options) => (await import('@phone82/embedded-mariadb')).startEmbeddedMariadb(options),
};

/** Servers that test files share, each started at the first need. */
export interface TestServerPool {
  database(kind: DatabaseKind): Promise<LocalDatabase>;
  kafka(): Promise<{ readonly brokers: string }>;
  /** Ends those that were started, and removes their data. */
  stop(): Promise<void>;
}

/** A pool that has started nothing yet. */
export function testServerPool(): TestServerPool {
  const started = new Map<string, Promise<{ stop(): Promise<void> }>>();
  const folders: string[] = [];
  const once = <Server extends { stop(): Promise<void> }>(
    kind: string,
    startIn: (dataDir: string) => Promise<Server>,
  ): Promise<Server> => {
    const begin = async () => {
      const folder = await mkdtemp(join(tmpdir(), `phone82-shared-${kind}-`));
      folders.push(folder);
      return startIn(folder);
    };
    const server = started.get(kind) ?? begin();
    started.set(kind, server);
    return server as Promise<Server>;
  };
  return {
    database: (kind) => once(kind, (dataDir) => start[kind]({ dataDir, durable: false })),
    kafka: () =>
      once('kafka', async (dataDir) => {
        const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
        return startEmbeddedKafka({ dataDir, cacheDir: CACHE });
      }),
    stop: async () => {
      const servers = await Promise.allSettled(started.values());
      await Promise.all(servers.map((server) => server.status === 'fulfilled' && server.value.stop()));
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
    },
  };
}
