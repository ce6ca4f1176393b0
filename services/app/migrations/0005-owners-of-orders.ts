import type { Migration } from '@phone82/persistence';

/** A customer's own are listed by it, however many there are of others. */
export const findOrdersByOwner: Migration = {
  up: async ({ schema }) => {
    await schema.createIndex('orders_owner').on('orders').columns(['customer_id', 'id']).execute();
  },
};
