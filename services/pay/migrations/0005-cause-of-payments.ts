import type { Migration } from '@phone82/persistence';

/** What a payment that is worked on later goes back to. Older pods leave it empty. */
export const keepCauseOfPayments: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('payments').addColumn('cause', 'varchar(512)').execute();
  },
};
