import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcurrencyError, DatabaseUnavailableError, isConflict, isInfrastructureError } from './index.ts';

const postgres = (code: string) => Object.assign(new Error('no'), { code, severity: 'ERROR' });
const mariadb = (errno: number, sqlState = 'HY000', fatal = false) =>
  Object.assign(new Error('no'), { name: 'SqlError', code: 'ER_X', errno, sqlState, fatal });
const sqlite = (errcode: number) => Object.assign(new Error('no'), { code: 'ERR_SQLITE_ERROR', errcode });

test('blames the database when it is gone, ends, or is in conflict', () => {
  const gone = [
    new DatabaseUnavailableError('gone'),
    new ConcurrencyError('other'),
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    postgres('57P01'),
    postgres('40P01'),
    postgres('53300'),
    sqlite(5),
    sqlite(13),
    mariadb(1213, '40001'),
    mariadb(1040, '08004', true),
    mariadb(1053, '08S01', true),
    mariadb(1290),
    mariadb(1969, '70100'),
    mariadb(45028),
    Object.assign(mariadb(45061), { sqlState: undefined }),
  ];
  for (const error of gone) assert.equal(isInfrastructureError(error), true, String(error));
});

test('blames the work for values and constraints that are refused, and for its own errors', () => {
  const faults = [
    postgres('22001'),
    postgres('23505'),
    sqlite(19),
    sqlite(1555),
    mariadb(1406, '22001'),
    mariadb(1062, '23000'),
    new TypeError('x'),
    'text',
    null,
  ];
  for (const error of faults) assert.equal(isInfrastructureError(error), false, String(error));
});

test('sees a conflict in a deadlock, a failed serialization and a busy file', () => {
  for (const error of [
    postgres('40001'),
    postgres('40P01'),
    sqlite(5),
    sqlite(517),
    mariadb(1213),
    mariadb(1205),
    mariadb(1020),
  ])
    assert.equal(isConflict(error), true);
  assert.equal(isConflict(postgres('23505')), false);
  assert.equal(isConflict(mariadb(1062, '23000')), false);
});
