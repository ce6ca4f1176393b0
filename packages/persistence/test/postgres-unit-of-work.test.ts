import { after, before } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  startTestPostgres,
  type Tally,
  type TestPostgres,
  tallyInOneRowMapping,
  tallyMapping,
  tallyMigrations,
  type UnitOfWorkUnderTest,
  unitOfWorkContract,
} from '@phone82/testkit';
import {
  createOutbox,
  createRecordReader,
  createUnitOfWork,
  migrate,
  openDatabase,
  platformMigrations,
  type RecordMapping,
} from '../src/index.ts';

let postgres: TestPostgres;
before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());

for (const [name, mapping] of [
  ['postgres, a record with entries', tallyMapping],
  ['postgres, a record in one row', tallyInOneRowMapping],
] as const) {
  unitOfWorkContract(name, () => open(mapping));
}

async function open(mapping: RecordMapping<Tally>): Promise<UnitOfWorkUnderTest> {
  const database = openDatabase(await postgres.freshDatabase(), { poolSize: 6 });
  await migrate(database, { ...platformMigrations, ...tallyMigrations });
  return {
    unitOfWork: createUnitOfWork({
      database,
      mapping,
      source: 'test',
      environment: realEnvironment,
    }),
    reader: createRecordReader(database, mapping),
    outbox: createOutbox(database),
    close: () => database.close(),
  };
}
