import path from 'node:path';
import {
  type LocalDatabase,
  type LocalDatabaseOptions,
  type ServerProcess,
  startOnPort,
  stopServer,
} from '@phone82/local-server';
import { createConnection } from 'mariadb';
import { findBinaries } from './binaries.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { runServer } from './server-process.ts';

const STOP_PATIENCE_MS = 15_000;

/**
 * Starts a MariaDB server of one's own on 127.0.0.1, which ends with the calling process at the latest. The
 * programs are the machine's.
 * @throws LocalServerError whose message says what to do.
 */
export async function startEmbeddedMariadb(options: LocalDatabaseOptions): Promise<LocalDatabase> {
  const { durable = true, log = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  const binaries = await findBinaries();
  const data = await openDataFolder(binaries, dataDir, { durable, log });
  const logFile = options.logFile ?? path.join(dataDir, 'mariadb.log');
  return startOnPort({ port: options.port, log }, async (port) => {
    const { mariadbd } = binaries;
    return running(await runServer({ mariadbd, data, dataDir, port, durable, logFile }), data, port);
  });
}

function running(server: ServerProcess, data: DataFolder, port: number): LocalDatabase {
  const { user, password } = data;
  const at = { host: '127.0.0.1', port, user, password };
  return {
    port,
    pid: server.pid,
    exited: server.exited,
    url: (database) => `mariadb://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    createDatabase: (...names) => eachDatabase(at, names, (name) => `create database if not exists ${name}`),
    dropDatabase: (...names) => eachDatabase(at, names, (name) => `drop database if exists ${name}`),
    stop: () => stopServer(server, { ask: 'SIGTERM', insist: 'SIGKILL', patienceMs: STOP_PATIENCE_MS }),
  };
}

async function eachDatabase(
  server: { host: string; port: number; user: string; password: string },
  names: readonly string[],
  statement: (name: string) => string,
): Promise<void> {
  const connection = await createConnection(server);
  try {
    for (const name of names) await connection.query(statement(connection.escapeId(name)));
  } finally {
    await connection.end();
  }
}
