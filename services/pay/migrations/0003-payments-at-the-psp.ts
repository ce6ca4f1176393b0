import type { Migration } from '@phone82/persistence';

/** What the PSP says of a payment; its own books are kept by itself now. */
export const describePaymentsAtThePsp: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .alterTable('payments')
      .addColumn('payment_key', 'varchar(200)')
      .addColumn('charged_at', 'bigint')
      .addColumn('refunded_at', 'bigint')
      .addColumn('given_up_at', 'bigint')
      .addColumn('refund_round', 'integer', (column) => column.notNull().defaultTo(0))
      .addColumn('refund_refused_code', 'varchar(64)')
      .execute();
    await kysely.schema.dropTable('psp_ledger').execute();
  },
};
