import type { Migration } from '@phone82/persistence';

/** The request that an order whose payment is asked for later goes back to. Older pods leave it empty. */
export const keepCauseOfOrders: Migration = {
  up: async (kysely) => {
    await kysely.schema.alterTable('orders').addColumn('cause', 'varchar(512)').execute();
  },
};
