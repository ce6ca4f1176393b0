import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '@phone82/persistence';
import { startTestService, temporaryFolder } from '@phone82/testkit';
import { migrateService } from '../src/index.ts';
import { tallyService } from './fixtures/tally-definition.ts';

const apart = { MIGRATE_AT_START: 'false' };
const newerStep = { up: async () => undefined };

describe('a schema that is brought up to date apart from the service', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const urlOf = (name: string) => `sqlite://${join(folder.path, `${name}.db`)}`;
  const migrated = (name: string, definition = tallyService()) =>
    migrateService(definition, { DATABASE_URL: urlOf(name), LOG_LEVEL: 'silent' });

  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => folder.remove());

  test('is there for the service that starts afterwards', async () => {
    await migrated('before');
    const service = await startTestService(tallyService(), { databaseUrl: urlOf('before'), settings: apart });
    assert.deepEqual((await service.get('/tallies/1')).body, {});
    await service.stop();
  });

  test('can be asked for twice', async () => {
    await migrated('twice');
    await migrated('twice');
  });

  test('is not made by the service itself, which does not start and names the steps that are missing', async () => {
    const url = urlOf('missing');
    await assert.rejects(startTestService(tallyService(), { databaseUrl: url, settings: apart }), {
      name: 'MigrationError',
      message: /^the schema lacks .*: run the migration of this version first$/,
    });
    const database = openDatabase(url);
    await assert.rejects(database.kysely.selectFrom('inbox').selectAll().execute(), /no such table/);
    await database.close();
  });

  test('may have steps of a newer version: an old copy that starts again beside new ones starts', async () => {
    const { migrations, ...older } = tallyService();
    await migrated('newer', { ...older, migrations: { ...migrations, '9999-newer': newerStep } });
    const service = await startTestService(tallyService(), { databaseUrl: urlOf('newer'), settings: apart });
    assert.equal((await service.get('/readyz')).status, 200);
    await service.stop();
  });
});
