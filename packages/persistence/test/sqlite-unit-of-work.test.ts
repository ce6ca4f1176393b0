import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realEnvironment } from '@phone82/runtime';
import { tallyMapping, tallyMigrations, unitOfWorkContract } from '@phone82/testkit';
import {
  createOutbox,
  createRecordReader,
  createUnitOfWork,
  migrate,
  openDatabase,
  platformMigrations,
} from '../src/index.ts';

unitOfWorkContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'phone82-sqlite-'));
  const database = openDatabase(`sqlite://${join(folder, 'data', 'test.db')}`);
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
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
});
