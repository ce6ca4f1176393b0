import type { Migration } from '@phone82/persistence';

/** What a payment that is worked on later goes back to, and since when it waits. Older pods leave both empty. */
export const keepCauseOfPayments: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .alterTable('payments')
      .addColumn('cause', 'varchar(512)')
      .addColumn('pending_since', 'bigint')
      .execute();
  },
};
