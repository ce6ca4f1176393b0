import { ConcurrencyError } from './unit-of-work.ts';

/** The database cannot be reached now. Adapters without error codes of their own throw this. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

interface Coded {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly errno?: unknown;
  readonly sqlState?: unknown;
  readonly fatal?: unknown;
  readonly severity?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
}

const SQLITE_BUSY = 5;
const SQLITE_REFUSES_VALUE = new Set([18, 19, 20]); // TOOBIG, CONSTRAINT, MISMATCH
const MARIADB_CONFLICTS = new Set([
  1020, // another transaction changed the row since it was read
  1205, // waited too long for a lock
  1213, // deadlock
]);
const MARIADB_DUPLICATE_KEY = 1062;
const MARIADB_TAKES_NO_WRITES = new Set([
  1047, // a cluster's node outside of its primary component
  1053, // shuts down
  1290, // runs with --read-only
  1792, // a transaction that only reads
  1836, // read-only
  1927, // connection was killed
]);
const LOST_CONNECTION =
  /^Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Cannot use a pool|already been destroyed|connection has been discarded|^Query read timeout/;

/** Two writers met; running the work again is the answer. */
export function isConflict(error: unknown): boolean {
  if (error instanceof ConcurrencyError) return true;
  const { code } = coded(error);
  if (code === '40001' || code === '40P01' || sqliteCode(error) === SQLITE_BUSY) return true;
  return MARIADB_CONFLICTS.has(mariadbError(error)?.errno ?? 0);
}

/** MariaDB has a row with this key already. */
export const isDuplicateKey = (error: unknown): boolean =>
  mariadbError(error)?.errno === MARIADB_DUPLICATE_KEY;

/** The connection leads to a server that does not take writes, or is going away. */
export function isLostPrimary(error: unknown): boolean {
  const { code } = coded(error);
  if (MARIADB_TAKES_NO_WRITES.has(mariadbError(error)?.errno ?? 0)) return true;
  return typeof code === 'string' && (code === '25006' || code.startsWith('57P0'));
}

/** The connection to MariaDB can't be used any more. */
export const isFatal = (error: unknown): boolean => {
  const known = mariadbError(error);
  return known === undefined || known.fatal;
};

/** PostgreSQL itself said no; the connection is as good as before. */
export function isServerError(error: unknown): boolean {
  const { code, severity } = coded(error);
  return typeof severity === 'string' && typeof code === 'string';
}

/**
 * Whether the database, not the work, is at fault: unreachable, overloaded, shutting down, in conflict.
 * A value or a constraint that it refuses (SQLSTATE 22 and 23), or work beyond its limits (54), is the work's own fault.
 */
export function isInfrastructureError(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError || isConflict(error)) return true;
  const { code, syscall, message } = coded(error);
  if (isServerError(error)) return !/^(2[23]|54)/.test(code as string);
  const mariadb = mariadbError(error);
  if (mariadb) return !/^2[123]/.test(mariadb.sqlState);
  const sqlite = sqliteCode(error);
  if (sqlite !== undefined) return !SQLITE_REFUSES_VALUE.has(sqlite);
  return typeof syscall === 'string' || (typeof message === 'string' && LOST_CONNECTION.test(message));
}

/** SQLite's primary result code; undefined for what is no error of SQLite. */
export function sqliteCode(error: unknown): number | undefined {
  const { code, errcode } = coded(error);
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** Undefined for what is no error of MariaDB. */
export function mariadbError(
  error: unknown,
): { errno: number; sqlState: string; fatal: boolean } | undefined {
  const { errno, sqlState, fatal } = coded(error);
  // The driver's own errors, such as of its pool, may come without a state.
  if (typeof errno !== 'number' || typeof fatal !== 'boolean') return undefined;
  return { errno, sqlState: String(sqlState ?? ''), fatal };
}

function coded(error: unknown): Coded {
  return error !== null && typeof error === 'object' ? error : {};
}
