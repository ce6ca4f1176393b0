import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBinaries } from './binaries.ts';

test('says in one sentence what to install where the server is missing', async () => {
  await assert.rejects(findBinaries('/nowhere', []), {
    fault: 'binariesMissing',
    message: /^MariaDB is not installed on this machine .*"apt-get install mariadb-server"\.$/,
  });
});
