import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { manualEnvironment, tallyMapping } from '@phone82/testkit';
import { createUnitOfWork, migrate, platformMigrations, purge } from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

eachDatabase('purge', (the) => {
  beforeEach(() => migrate(the().database, platformMigrations));

  test('forgets thousands of handled messages after fourteen days, and none before', async () => {
    const environment = manualEnvironment();
    const { database } = the();
    const unitOfWork = createUnitOfWork({ database, mapping: tallyMapping, source: 'test', environment });
    const ids = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const claim = (messageIds: string[]) =>
      unitOfWork.run((transaction) => transaction.claimMessages(messageIds));
    await claim(ids('old-', 2_500));
    await environment.advance(13 * DAY_MS);
    await claim(ids('young-', 3));
    assert.equal((await purge(database, environment)).inbox, 0);
    await environment.advance(DAY_MS + 1);
    assert.equal((await purge(database, environment)).inbox, 2_500);
    assert.equal((await claim(ids('young-', 3))).size, 0);
    assert.equal((await claim(ids('old-', 1))).size, 1);
  });
});
