import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFromLog } from './errors-from-log.ts';

const where = { dataDir: '/data/mariadb', port: 3306 };

test('a full disk is told as a full disk, with the folder', () => {
  const error = errorFromLog(
    '[ERROR] InnoDB: Error number 28 means "No space left on device"',
    where,
    'startFailed',
  );
  assert.equal(error.fault, 'diskFull');
  assert.match(error.message, /disk that holds \/data\/mariadb is full: free some space/);
});

test('notes and warnings are no reasons', () => {
  const printed = '[Warning] Permission denied for something\n[Note] Starting\n[ERROR] unknown variable "x"';
  const error = errorFromLog(printed, where, 'startFailed');
  assert.equal(error.fault, 'startFailed');
  assert.match(error.message, /could not start in \/data\/mariadb: \[ERROR\] unknown variable/);
});
