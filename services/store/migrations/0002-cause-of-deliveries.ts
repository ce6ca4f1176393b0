import type { Migration } from '@phone82/persistence';

/** What a delivery that leaves by itself goes back to. Older pods leave it empty. */
export const keepCauseOfDeliveries: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('deliveries').addColumn('cause', 'varchar(512)').execute();
  },
};
