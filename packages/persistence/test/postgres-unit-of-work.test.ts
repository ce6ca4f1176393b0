import { after, before } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  startTestPostgres,
  type TestPostgres,
  tallyMapping,
  tallyMigrations,
  unitOfWorkContract,
} from '@phone82/testkit';
import {
  createOutbox,
  createRecordReader,
  createUnitOfWork,
  migrate,
  openDatabase,
  platformMigrations,
} from '../src/index.ts';

let postgres: TestPostgres;
before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());

unitOfWorkContract('postgres', async () => {
  const database = openDatabase(await postgres.freshDatabase(), { poolSize: 6 });
  await migrate(database, { ...platformMigrations, ...tallyMigrations });
  return {
    unitOfWork: createUnitOfWork({
      database,
      mapping: tallyMapping,
      source: 'test',
      environment: realEnvironment,
    }),
    reader: createRecordReader(database, tallyMapping),
    outbox: createOutbox(database),
    close: () => database.close(),
  };
});
