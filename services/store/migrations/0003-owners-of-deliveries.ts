import type { Migration } from '@phone82/persistence';

/** Whose deliveries they are. Those of before, and of older pods, are the only agency's. */
export const keepOwnersOfDeliveries: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .alterTable('deliveries')
      .addColumn('agency', 'varchar(64)', (column) => column.notNull().defaultTo('main'))
      .execute();
    await kysely.schema
      .createIndex('deliveries_owner')
      .on('deliveries')
      .columns(['customer_id', 'id'])
      .execute();
  },
};
