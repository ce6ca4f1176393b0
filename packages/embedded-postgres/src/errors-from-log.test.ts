import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFromLog } from './errors-from-log.ts';

const where = { dataDir: '/data/postgres', port: 5432 };

test('a full disk is told as a full disk, with the folder', () => {
  const error = errorFromLog(
    'initdb: error: could not write file "base/1/2600": No space left on device',
    where,
    'initFailed',
  );
  assert.equal(error.fault, 'diskFull');
  assert.match(error.message, /disk that holds \/data\/postgres is full: free some space/);
});

test('a port in use is told with its number', () => {
  const error = errorFromLog(
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use',
    where,
    'startFailed',
  );
  assert.equal(error.fault, 'portTaken');
  assert.match(error.message, /Port 5432 is taken/);
});

test('a folder that may not be written is told as such', () => {
  const error = errorFromLog('could not create directory "x": Permission denied', where, 'initFailed');
  assert.equal(error.fault, 'notWritable');
});

test('anything else carries the line that says why', () => {
  const printed =
    'LOG:  starting\nFATAL:  data directory "/data/postgres" has invalid permissions\nDETAIL: more';
  const error = errorFromLog(printed, where, 'startFailed');
  assert.equal(error.fault, 'startFailed');
  assert.match(error.message, /could not start in \/data\/postgres: FATAL: {2}data directory/);
});
