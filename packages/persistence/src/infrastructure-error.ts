import { ConcurrencyError } from './unit-of-work.ts';

/** The database cannot be reached now. Adapters without error codes of their own throw this. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
}

interface Coded {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly severity?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
}

const SQLITE_BUSY = 5;
const SQLITE_REFUSES_VALUE = new Set([18, 19, 20]); // TOOBIG, CONSTRAINT, MISMATCH
const LOST_CONNECTION =
  /^Connection terminated|timeout exceeded when trying to connect|not queryable|Client was closed|Cannot use a pool|already been destroyed|connection has been discarded|^Query read timeout/;

/** Two writers met; running the work again is the answer. */
export function isConflict(error: unknown): boolean {
  if (error instanceof ConcurrencyError) return true;
  const { code } = coded(error);
  return code === '40001' || code === '40P01' || sqliteCode(error) === SQLITE_BUSY;
}

/** The connection leads to a server that does not take writes, or is going away. */
export function isLostPrimary(error: unknown): boolean {
  const { code } = coded(error);
  return typeof code === 'string' && (code === '25006' || code.startsWith('57P0'));
}

/** PostgreSQL itself said no; the connection is as good as before. */
export function isServerError(error: unknown): boolean {
  const { code, severity } = coded(error);
  return typeof severity === 'string' && typeof code === 'string';
}

/**
 * Whether the database, not the work, is at fault: unreachable, overloaded, shutting down, in conflict.
 * A value or a constraint that it refuses (SQLSTATE 22 and 23) is the work's own fault.
 */
export function isInfrastructureError(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError || isConflict(error)) return true;
  const { code, syscall, message } = coded(error);
  if (isServerError(error)) return !/^2[23]/.test(code as string);
  const sqlite = sqliteCode(error);
  if (sqlite !== undefined) return !SQLITE_REFUSES_VALUE.has(sqlite);
  return typeof syscall === 'string' || (typeof message === 'string' && LOST_CONNECTION.test(message));
}

function sqliteCode(error: unknown): number | undefined {
  const { code, errcode } = coded(error);
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

function coded(error: unknown): Coded {
  return error !== null && typeof error === 'object' ? error : {};
}
