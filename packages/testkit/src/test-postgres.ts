import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@phone82/embedded-postgres';

export interface TestPostgres {
  readonly port: number;
  /** A new, empty database; its URL. */
  freshDatabase(): Promise<string>;
  /** Ends the server once everyone who started it has stopped it. */
  stop(): Promise<void>;
}

let shared: Promise<{ server: EmbeddedPostgres; folder: string }> | undefined;
let users = 0;

/** A real PostgreSQL for tests, one per process, in a folder of its own that goes with it. Not durable, hence fast. */
export async function startTestPostgres(): Promise<TestPostgres> {
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
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'phone82-postgres-'));
  return { server: await startEmbeddedPostgres({ dataDir: folder, durable: false }), folder };
}
