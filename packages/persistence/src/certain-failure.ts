import { isConflict, isServerError, mariadbError, sqliteCode } from './infrastructure-error.ts';

const neverConnected = new WeakSet<object>();

/** Marks the error of a connection that could not be had: not a statement was sent on it. Returns the error. */
export function neverObtained<E>(error: E): E {
  if (error !== null && typeof error === 'object') neverConnected.add(error);
  return error;
}

/** Errors of PostgreSQL that end a connection, and come before it takes a statement. */
const REFUSED_AT_CONNECT = new Set(['53300', '57P03']);
/** The connection broke, or the server says itself that it does not know. */
const UNCERTAIN_STATE = /^08|^40003$/;
const MARIADB_REFUSES = new Set([
  1040, // too many connections
  1290, // runs with --read-only
  1792, // a transaction that only reads
  1836, // read-only
]);
const SQLITE_REFUSES = new Set([
  5, // BUSY
  6, // LOCKED
  8, // READONLY
  13, // FULL
  14, // CANTOPEN
]);

/**
 * Whether the statement, or the transaction, that failed has certainly changed nothing: no connection was obtained, or the database
 * itself refused it. False where a commit may have been carried out although its answer is missing.
 */
export function isCertainlyUndone(error: unknown): boolean {
  if (error === null || typeof error !== 'object') return false;
  if (neverConnected.has(error) || isConflict(error)) return true;
  const { syscall, code, severity } = error as { syscall?: string; code?: string; severity?: string };
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (isServerError(error))
    return severity === 'ERROR' ? !UNCERTAIN_STATE.test(code ?? '') : REFUSED_AT_CONNECT.has(code ?? '');
  const mariadb = mariadbError(error);
  if (mariadb) return MARIADB_REFUSES.has(mariadb.errno);
  return SQLITE_REFUSES.has(sqliteCode(error) ?? 0);
}
