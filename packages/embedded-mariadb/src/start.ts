import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, type ServerProcess } from '@phone82/local-server';
import { createConnection } from 'mariadb';
import { findBinaries } from './binaries.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { EmbeddedMariadbError } from './errors.ts';
import { runServer } from './server-process.ts';

export interface EmbeddedMariadbOptions {
  /** Where the databases live; created if it is not there. One server per folder. */
  readonly dataDir: string;
  /** On 127.0.0.1. Default 0: a free one. */
  readonly port?: number;
  /** Whether committed data survives a crash of the machine. Default true; tests do without. */
  readonly durable?: boolean;
  /** Told about steps that take a while. */
  readonly log?: (message: string) => void;
  /** What the server prints. Default `mariadb.log` in the data folder. */
  readonly logFile?: string;
}

export interface EmbeddedMariadb {
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

const STOP_PATIENCE_MS = 15_000;
const IN_USE_PATIENCE_MS = 10_000;
const FREE_PORT_TRIES = 5;

/**
 * Starts a MariaDB server of one's own on 127.0.0.1, which ends with the calling process at the latest. The
 * programs are the machine's.
 * @throws EmbeddedMariadbError whose message says what to do.
 */
export async function startEmbeddedMariadb(options: EmbeddedMariadbOptions): Promise<EmbeddedMariadb> {
  const { durable = true, log = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  const binaries = await findBinaries();
  const data = await openDataFolder(binaries, dataDir, { durable, log });
  const logFile = options.logFile ?? path.join(dataDir, 'mariadb.log');
  const deadline = Date.now() + IN_USE_PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    try {
      const { mariadbd } = binaries;
      const server = await runServer({ mariadbd, data, dataDir, port, durable, logFile });
      return running(server, data, port);
    } catch (error) {
      const fault = error instanceof EmbeddedMariadbError ? error.fault : undefined;
      const portRaced = fault === 'portTaken' && !options.port && attempt < FREE_PORT_TRIES;
      // A server whose caller was just killed is on its way out: wait for it.
      const stillLeaving = fault === 'inUse' && Date.now() < deadline;
      if (!portRaced && !stillLeaving) throw error;
      if (attempt === 1) log('waiting for an earlier server to end');
      await delay(stillLeaving ? 200 : 0);
    }
  }
}

function running(server: ServerProcess, data: DataFolder, port: number): EmbeddedMariadb {
  const { user, password } = data;
  return {
    port,
    pid: server.pid,
    exited: server.exited,
    url: (database) => `mariadb://${user}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    createDatabase: (...names) => createMissing({ host: '127.0.0.1', port, user, password }, names),
    stop: async () => {
      server.kill('SIGTERM');
      const patience = setTimeout(() => server.kill('SIGKILL'), STOP_PATIENCE_MS);
      await server.exited;
      clearTimeout(patience);
    },
  };
}

async function createMissing(
  server: { host: string; port: number; user: string; password: string },
  names: readonly string[],
): Promise<void> {
  const connection = await createConnection(server);
  try {
    for (const name of names) {
      await connection.query(`create database if not exists ${connection.escapeId(name)}`);
    }
  } finally {
    await connection.end();
  }
}
