import type { Migration } from '@phone82/persistence';

export const createDeliveries: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('deliveries')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('customer_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('item', 'varchar(64)')
      .addColumn('qty', 'integer')
      .addColumn('address', 'varchar(255)')
      .addColumn('carrier', 'varchar(64)')
      .addColumn('tracking_number', 'varchar(64)')
      .addColumn('ship_at', 'bigint')
      .execute();
    await kysely.schema.createIndex('deliveries_ship_at').on('deliveries').column('ship_at').execute();
  },
};
