import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcurrencyError, isCertainlyUndone, isInfrastructureError, neverObtained } from './index.ts';

const failure = (fields: object, message = 'no') => Object.assign(new Error(message), fields);
const postgres = (code: string, severity = 'ERROR') => failure({ code, severity });
const mariadb = (errno: number, fatal = false) => failure({ errno, sqlState: 'HY000', fatal });
const sqlite = (errcode: number) => failure({ code: 'ERR_SQLITE_ERROR', errcode });

const undone: readonly [what: string, error: Error][] = [
  ['read-only PostgreSQL', postgres('25006')],
  ['full disk of PostgreSQL', postgres('53100')],
  ['cancelled statement', postgres('57014')],
  ['too many connections', postgres('53300', 'FATAL')],
  ['starting PostgreSQL', postgres('57P03', 'FATAL')],
  ['failed serialization', postgres('40001')],
  ['refused connection', failure({ code: 'ECONNREFUSED', syscall: 'connect' })],
  ['unknown host', failure({ code: 'ENOTFOUND', syscall: 'getaddrinfo' })],
  ['other writer', new ConcurrencyError('other')],
  ['read-only MariaDB', mariadb(1290)],
  ['read-only transaction of MariaDB', mariadb(1792)],
  ['deadlock of MariaDB', mariadb(1213)],
  ['MariaDB with too many connections', mariadb(1040, true)],
  ['busy SQLite', sqlite(517)],
  ['full SQLite', sqlite(13)],
  ['read-only SQLite', sqlite(1032)],
  ['pool without a free connection', neverObtained(failure({}, 'timeout exceeded when trying to connect'))],
  ['server that goes away at connect', neverObtained(postgres('57P01', 'FATAL'))],
];
for (const [what, error] of undone)
  test(`nothing was done: ${what}`, () => {
    assert.equal(isInfrastructureError(error), true);
    assert.equal(isCertainlyUndone(error), true);
  });

const open: readonly [what: string, error: unknown][] = [
  ['lost connection', failure({}, 'Connection terminated unexpectedly')],
  ['reset connection', failure({ code: 'ECONNRESET', syscall: 'read' })],
  ['server that ends a session', postgres('57P01', 'FATAL')],
  ['connection failure that the server reports', postgres('08006')],
  ['unknown completion', postgres('40003')],
  ['late answer', failure({}, 'Query read timeout')],
  ['killed connection of MariaDB', mariadb(1927, true)],
  ['MariaDB that shuts down', mariadb(1053, true)],
  ['SQLite that fails to write', sqlite(10)],
  ['no error', undefined],
];
for (const [what, error] of open)
  test(`it may have been done: ${what}`, () => assert.equal(isCertainlyUndone(error), false));
