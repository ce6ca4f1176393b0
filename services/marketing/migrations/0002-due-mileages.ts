import type { Migration } from '@phone82/persistence';

/** A grant that waits until the backlog is read. Older pods leave both columns empty. */
export const keepDueMileages: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('mileages').addColumn('due_at', 'bigint').execute();
    await kysely.schema.alterTable('mileages').addColumn('cause', 'varchar(512)').execute();
    await kysely.schema.createIndex('mileages_due_at').on('mileages').column('due_at').execute();
  },
};
