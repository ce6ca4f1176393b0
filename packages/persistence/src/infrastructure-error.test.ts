import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConcurrencyError, DatabaseUnavailableError, isConflict, isInfrastructureError } from './index.ts';

const postgres = (code: string) => Object.assign(new Error('no'), { code, severity: 'ERROR' });
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
  ];
  for (const error of gone) assert.equal(isInfrastructureError(error), true, String(error));
});

test('blames the work for values and constraints that are refused, and for its own errors', () => {
  const faults = [
    postgres('22001'),
    postgres('23505'),
    sqlite(19),
    sqlite(1555),
    new TypeError('x'),
    'text',
    null,
  ];
  for (const error of faults) assert.equal(isInfrastructureError(error), false, String(error));
});

test('sees a conflict in a deadlock, a failed serialization and a busy file', () => {
  for (const error of [postgres('40001'), postgres('40P01'), sqlite(5), sqlite(517)])
    assert.equal(isConflict(error), true);
  assert.equal(isConflict(postgres('23505')), false);
});
