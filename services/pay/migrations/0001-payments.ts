import type { Migration } from '@phone82/persistence';

export const createPayments: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('payments')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('price', 'bigint', (column) => column.notNull())
      .addColumn('customer_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('state', 'varchar(16)', (column) => column.notNull())
      .addColumn('decline_code', 'varchar(64)')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('due_at', 'bigint')
      .addColumn('requested_at', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createIndex('payments_due_at')
      .on('payments')
      .column('due_at')
      .where('due_at', 'is not', null)
      .execute();
  },
};
