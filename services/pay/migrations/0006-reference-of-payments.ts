import type { Migration } from '@phone82/persistence';

/** What ties a payment to its order. Payments of before have none, and neither have their orders. */
export const addReferenceToPayments: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('payments').addColumn('reference', 'varchar(64)').execute();
  },
};
