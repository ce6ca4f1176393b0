import type { Migration } from '@phone82/persistence';

/** The view's own tables are made with their generation. */
export const createViewGenerations: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('view_generations')
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('state', 'varchar(8)', (column) => column.notNull())
      .addColumn('changed_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
