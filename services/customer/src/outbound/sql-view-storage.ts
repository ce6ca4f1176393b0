import {
  createDeadLetterReader,
  createRecordReader,
  createUnitOfWork,
  type Database,
} from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { ViewStorage } from './fold-generation.ts';
import { ANSWERING, createGenerationRegistry, tableOf } from './generation-registry.ts';
import { viewMapping } from './view-mapping.ts';

/** The generations in a SQL database, each a table of its own. */
export function createSqlViewStorage(database: Database, environment: Environment): ViewStorage {
  const unitOfWork = (table: string) =>
    createUnitOfWork({ database, mapping: viewMapping(table), source: 'customer', environment });
  return {
    registry: createGenerationRegistry(database, environment),
    open: (generation) => unitOfWork(tableOf(generation)),
    answering: {
      unitOfWork: unitOfWork(ANSWERING),
      reader: createRecordReader(database, viewMapping(ANSWERING)),
    },
    letters: createDeadLetterReader(database),
  };
}
