import { createReconciledDays, type Migration } from '@phone82/persistence';

/** The PSP's transactions of a reconciliation under way, summed up per order, and the day that was reconciled last. */
export const createReconciliation: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('reconciliation_sums')
      .addColumn('run_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('psp_order_id', 'varchar(64)', (column) => column.notNull())
      .addColumn('order_id', 'bigint')
      .addColumn('charges', 'integer', (column) => column.notNull())
      .addColumn('charged', 'bigint', (column) => column.notNull())
      .addColumn('refunded', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .addColumn('begun_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('reconciliation_sums_key', ['run_id', 'psp_order_id'])
      .execute();
    await kysely.schema
      .createIndex('reconciliation_sums_order')
      .on('reconciliation_sums')
      .columns(['run_id', 'order_id'])
      .execute();
    await createReconciledDays(kysely);
  },
};
