import path from 'node:path';
import { startEmbeddedPostgres } from '@phone82/embedded-postgres';
import { freePort, type LocalDatabase } from '@phone82/local-server';
import pg from 'pg';
import { endChild, startChild, untilListening } from '../processes/child.ts';
import { startPsp } from '../processes/psp.ts';
import { tables } from './tables.ts';

const NAMES = ['psp', 'marketing', 'store', 'customer', 'pay', 'app', 'gateway'] as const;
export type FloorProcess = (typeof NAMES)[number];

export interface Floor {
  url(name: FloorProcess): string;
  database(name: string): string;
  sqlite(name: FloorProcess): string;
  readonly pids: Readonly<Record<string, number>>;
  readonly readyMs: number;
  stop(): Promise<void>;
}

const programOf = (name: FloorProcess) => path.join(import.meta.dirname, `${name}.ts`);

/** Starts the bare floor in a folder: PostgreSQL with durable settings, a process for each service, and the PSP's simulator. */
export async function startFloor(folder: string): Promise<Floor> {
  const startedAt = performance.now();
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
  await createTables(postgres);
  const ports = new Map(await Promise.all(NAMES.map(async (name) => [name, await freePort()] as const)));
  const url = (name: FloorProcess) => `http://127.0.0.1:${ports.get(name)}`;
  const sqlite = (name: FloorProcess) => path.join(folder, `${name}.db`);
  const settings = (name: FloorProcess) => ({
    PORT: String(ports.get(name)),
    DATABASE_URL: postgres.url(name),
    LOG_URL: postgres.url('log'),
    SQLITE_FILE: sqlite(name),
    APP_URL: url('app'),
    PAY_URL: url('pay'),
    PSP_URL: url('psp'),
    MARKETING_URL: url('marketing'),
  });
  const children = NAMES.map((name) =>
    name === 'psp'
      ? startPsp(ports.get(name) as number, sqlite(name))
      : startChild(programOf(name), settings(name)),
  );
  await Promise.all(NAMES.map((name) => untilListening(Number(ports.get(name)))));
  const pids = NAMES.map((name, index) => [name, children[index]?.pid ?? 0] as const);
  return {
    url,
    sqlite,
    database: (name) => postgres.url(name),
    pids: { ...Object.fromEntries(pids), postgres: postgres.pid },
    readyMs: performance.now() - startedAt,
    stop: async () => {
      await Promise.all(children.map(endChild));
      await postgres.stop();
    },
  };
}

async function createTables(postgres: LocalDatabase): Promise<void> {
  await postgres.createDatabase(...Object.keys(tables));
  for (const [database, statements] of Object.entries(tables)) {
    const client = new pg.Client({ connectionString: postgres.url(database) });
    await client.connect();
    await client.query(statements);
    await client.end();
  }
}
