import type { Migration } from '@phone82/persistence';

/** The simulated PSP's own books, apart from pay's: one line per operation on an order. */
export const createPspLedger: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('psp_ledger')
      .addColumn('order_id', 'bigint', (column) => column.notNull())
      .addColumn('operation', 'varchar(8)', (column) => column.notNull())
      .addColumn('amount', 'bigint', (column) => column.notNull())
      .addColumn('decline_code', 'varchar(64)')
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('psp_ledger_key', ['order_id', 'operation'])
      .execute();
  },
};
