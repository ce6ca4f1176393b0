import {
  createDeadLetterReader,
  createRecordReader,
  createUnitOfWork,
  type Database,
} from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { ViewStorage } from './fold-generation.ts';
import { createGenerationRegistry, tableOf } from './generation-registry.ts';
import { viewMapping } from './view-mapping.ts';

/** The generations in a SQL database, each a table of its own. */
export function createSqlViewStorage(database: Database, environment: Environment): ViewStorage {
  return {
    registry: createGenerationRegistry(database, environment),
    open: (generation) => {
      const mapping = viewMapping(tableOf(generation));
      return {
        unitOfWork: createUnitOfWork({ database, mapping, source: 'customer', environment }),
        reader: createRecordReader(database, mapping),
        letters: createDeadLetterReader(database),
      };
    },
  };
}
