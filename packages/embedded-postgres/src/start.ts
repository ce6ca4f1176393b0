import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, type ServerProcess } from '@phone82/local-server';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { runServer } from './server-process.ts';
import { removeStaleLock } from './stale-lock.ts';

export interface EmbeddedPostgresOptions {
  /** Where the databases live; created if it is not there. One server per folder. */
  readonly dataDir: string;
  /** On 127.0.0.1. Default 0: a free one. */
  readonly port?: number;
  /** Whether committed data survives a crash of the machine. Default true; tests do without. */
  readonly durable?: boolean;
  /** Told about steps that take a while. */
  readonly log?: (message: string) => void;
  /** What the server prints. Default `postgres.log` in the data folder. */
  readonly logFile?: string;
}

export interface EmbeddedPostgres {
  readonly port: number;
  /** The server's process id. */
  readonly pid: number;
  /** Resolves when the server is gone, whether stopped or crashed, with the reason. */
  readonly exited: Promise<string>;
  /** The connection string of a database, with user and password. */
  url(database: string): string;
  /** Creates databases that aren't there yet. */
  createDatabase(...names: string[]): Promise<void>;
  /** Ends the server, open connections included; resolves when it is gone. Can be called twice. */
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 10_000;
const IN_USE_PATIENCE_MS = 10_000;
const FREE_PORT_TRIES = 5;

/**
 * Starts a PostgreSQL server of one's own on 127.0.0.1, which ends with the calling process at the latest.
 * @throws EmbeddedPostgresError whose message says what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  const binaries = await findBinaries();
  const cluster = await openCluster(binaries, dataDir, { durable, log });
  const logFile = options.logFile ?? path.join(dataDir, 'postgres.log');
  const deadline = Date.now() + IN_USE_PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    await removeStaleLock(cluster.folder);
    const port = options.port || (await freePort());
    try {
      const server = await runServer({
        postgres: binaries.postgres,
        cluster,
        dataDir,
        port,
        durable,
        logFile,
      });
      return running(server, cluster, port);
    } catch (error) {
      const fault = error instanceof EmbeddedPostgresError ? error.fault : undefined;
      const portRaced = fault === 'portTaken' && !options.port && attempt < FREE_PORT_TRIES;
      // A server whose caller was just killed is on its way out: wait for it.
      const stillLeaving = fault === 'inUse' && Date.now() < deadline;
      if (!portRaced && !stillLeaving) throw error;
      if (attempt === 1) log('waiting for an earlier server to end');
      await delay(stillLeaving ? 200 : 0);
    }
  }
}

function running(server: ServerProcess, cluster: Cluster, port: number): EmbeddedPostgres {
  const url = (database: string) =>
    `postgres://${cluster.user}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    port,
    pid: server.pid,
    exited: server.exited,
    url,
    createDatabase: (...names) => createMissing(url('postgres'), names),
    stop: async () => {
      server.kill('SIGINT');
      const patience = setTimeout(() => server.kill('SIGQUIT'), STOP_PATIENCE_MS);
      await server.exited;
      clearTimeout(patience);
    },
  };
}

async function createMissing(connectionString: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const existing = new Set(rows.map(({ datname }) => datname));
    for (const name of names) {
      if (!existing.has(name)) await client.query(`create database ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}
