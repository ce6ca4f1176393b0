import { after, before } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  describeWith,
  startTestMariadb,
  startTestPostgres,
  type Tally,
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

for (const [server, programs, start] of [
  ['postgres', [], startTestPostgres],
  ['mariadb', ['mariadb'], startTestMariadb],
] as const) {
  describeWith(programs, server, () => {
    let running: Awaited<ReturnType<typeof start>>;
    before(async () => {
      running = await start();
    });
    after(() => running.stop());
    const open = (mapping: RecordMapping<Tally>) => async () =>
      opened(await running.freshDatabase(), mapping);
    unitOfWorkContract(`${server}, a record with entries`, open(tallyMapping));
    unitOfWorkContract(`${server}, a record in one row`, open(tallyInOneRowMapping));
  });
}

async function opened(url: string, mapping: RecordMapping<Tally>): Promise<UnitOfWorkUnderTest> {
  const database = openDatabase(url, { poolSize: 6 });
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
