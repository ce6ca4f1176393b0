import type { Migration } from '@phone82/persistence';

/** A customer's own are listed by it, however many there are of others. */
export const findPaymentsByOwner: Migration = {
  up: async ({ schema }) => {
    await schema.createIndex('payments_owner').on('payments').columns(['customer_id', 'id']).execute();
  },
};
