import type { Migration } from '@phone82/persistence';

export const createMileages: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('mileages')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('customer_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('process', 'varchar(64)', (column) => column.notNull())
      .execute();
    await kysely.schema.createIndex('mileages_customer_id').on('mileages').column('customer_id').execute();
    await kysely.schema
      .createTable('mileage_entries')
      .addColumn('order_id', 'bigint', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'varchar(64)', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('mileage_entries_key', ['order_id', 'seq'])
      .execute();
  },
};
