import path from 'node:path';
import {
  type LocalDatabase,
  type LocalDatabaseOptions,
  type ServerProcess,
  startOnPort,
  stopServer,
} from '@phone82/local-server';
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { runServer } from './server-process.ts';
import { removeStaleLock } from './stale-lock.ts';

const STOP_PATIENCE_MS = 10_000;

/**
 * Starts a PostgreSQL server of one's own on 127.0.0.1, which ends with the calling process at the latest.
 * @throws LocalServerError whose message says what to do.
 */
export async function startEmbeddedPostgres(options: LocalDatabaseOptions): Promise<LocalDatabase> {
  const { durable = true, log = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  const binaries = await findBinaries();
  const cluster = await openCluster(binaries, dataDir, { durable, log });
  const logFile = options.logFile ?? path.join(dataDir, 'postgres.log');
  return startOnPort({ port: options.port, log }, async (port) => {
    await removeStaleLock(cluster.folder);
    const { postgres } = binaries;
    return running(await runServer({ postgres, cluster, dataDir, port, durable, logFile }), cluster, port);
  });
}

function running(server: ServerProcess, cluster: Cluster, port: number): LocalDatabase {
  const url = (database: string) =>
    `postgres://${cluster.user}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    port,
    pid: server.pid,
    exited: server.exited,
    url,
    createDatabase: (...names) => createMissing(url('postgres'), names),
    dropDatabase: (...names) => dropExisting(url('postgres'), names),
    stop: () => stopServer(server, { ask: 'SIGINT', insist: 'SIGQUIT', patienceMs: STOP_PATIENCE_MS }),
  };
}

/** Said here because the client would take it from PGSSLMODE, PGOPTIONS and the like, which are meant for another server. */
const OF_OUR_SERVER = {
  ssl: false,
  sslnegotiation: 'postgres',
  options: '-c client_encoding=UTF8',
  client_encoding: 'UTF8',
  application_name: 'phone82',
} as const;

async function createMissing(connectionString: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString, ...OF_OUR_SERVER });
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

async function dropExisting(connectionString: string, names: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const name of names)
      await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}
