import type { PoolConfig } from 'mariadb/callback';

const REPLY_PATIENCE_MS = 5_000;
const DEFAULT_PORT = 3306;

export interface MariadbOptions {
  readonly url: string;
  /** Shown by the server as the connection's program. Default `phone82`. */
  readonly name?: string;
  /** Default 10. */
  readonly poolSize?: number;
  /** Default 15 s. */
  readonly statementTimeoutMs?: number;
}

/** The settings that every connection to MariaDB gets. */
export function mariadbPoolOptions(options: MariadbOptions): PoolConfig {
  const { url, name = 'phone82', poolSize = 10, statementTimeoutMs = 15_000 } = options;
  return {
    ...placeOf(new URL(url)),
    connectionLimit: poolSize,
    minimumIdle: 0,
    idleTimeout: 30,
    acquireTimeout: 5_000,
    connectTimeout: 5_000,
    socketTimeout: statementTimeoutMs + REPLY_PATIENCE_MS,
    keepAliveDelay: 10_000,
    connectAttributes: { program_name: name },
    // An update says how many rows it found: one that sets what is there already has not failed.
    foundRows: true,
    bigIntAsNumber: true,
    insertIdAsNumber: true,
    initSql: sessionSettings(statementTimeoutMs),
  };
}

function placeOf(url: URL): PoolConfig {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || DEFAULT_PORT,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(url.searchParams.get('ssl') === 'true' && { ssl: true }),
  };
}

/**
 * Read committed locks the rows that are found and nothing between them, so that new records don't meet in
 * deadlocks; what guards a record is its version. UTC, for the clock of leases must not jump twice a year.
 */
const sessionSettings = (statementTimeoutMs: number): string[] => [
  'set session transaction isolation level read committed',
  `set session time_zone = '+00:00',
    sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO',
    max_statement_time = ${statementTimeoutMs / 1_000},
    innodb_lock_wait_timeout = 5,
    idle_transaction_timeout = 30`,
];
