import type { Migration } from '@phone82/persistence';

/** Payments that were made elsewhere and imported from the log. Older pods leave it false. */
export const markForeignPayments: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .alterTable('payments')
      .addColumn('is_foreign', 'boolean', (column) => column.notNull().defaultTo(false))
      .execute();
  },
};
