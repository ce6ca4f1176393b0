import type { Migration } from '@phone82/persistence';

/** What ties a payment to its order. Orders of before have none, and neither have their payments. */
export const addReferenceToOrders: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('orders').addColumn('reference', 'varchar(64)').execute();
  },
};
