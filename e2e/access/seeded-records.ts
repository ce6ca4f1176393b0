import type { TestService } from '@phone82/testkit';

export interface Seeded {
  readonly id: number;
  readonly customer: string;
  readonly agency: string;
}

const ORDERED = { eventType: 'Ordered', messageId: 'm-1', from: 'app', at: '2026-01-01T00:00:00.000Z' };

/** Puts one record of a customer into a service's database, as an order that is past its end: no job touches it. */
export async function seed({ database }: TestService, service: string, { id, customer, agency }: Seeded) {
  const { kysely } = database;
  const common = { id, version: 1, customer_id: customer };
  const order = { item: 'LG10', qty: 1, price: 899_000 };
  switch (service) {
    case 'app':
      return kysely
        .insertInto('orders')
        .values({ ...common, ...order, status: 'PayCancelled', placed_at: Date.now() })
        .execute();
    case 'pay':
      return kysely
        .insertInto('payments')
        .values({ ...common, price: 899_000, state: 'PayCancelled', attempts: 0, requested_at: Date.now() })
        .execute();
    case 'store':
      return kysely
        .insertInto('deliveries')
        .values({ ...common, agency, state: 'Shipped', item: 'LG10', qty: 1 })
        .execute();
    case 'marketing':
      return kysely
        .insertInto('mileages')
        .values({ ...common, state: 'Granted', process: 'PayCompleted' })
        .execute();
    case 'customer':
      return kysely
        .insertInto('order_views')
        .values({
          ...common,
          ...order,
          status: 'Ordered',
          timeline: JSON.stringify([ORDERED]),
          events: 1,
          visible: 1,
        })
        .execute();
    default:
      throw new Error(`nothing to put into ${service}`);
  }
}
