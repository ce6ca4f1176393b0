import type { Migration } from '@phone82/persistence';

export const createOrders: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('orders')
      .addColumn('id', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('item', 'varchar(64)', (column) => column.notNull())
      .addColumn('qty', 'integer', (column) => column.notNull())
      .addColumn('price', 'bigint', (column) => column.notNull())
      .addColumn('customer_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('status', 'varchar(16)', (column) => column.notNull())
      .addColumn('store', 'varchar(64)')
      .addColumn('point', 'bigint')
      .addColumn('placed_at', 'bigint', (column) => column.notNull())
      .addColumn('settle_at', 'bigint')
      .addColumn('request_key', 'varchar(300)', (column) => column.unique())
      .execute();
    await kysely.schema
      .createIndex('orders_settle_at')
      .on('orders')
      .column('settle_at')
      .where('settle_at', 'is not', null)
      .execute();
  },
};
