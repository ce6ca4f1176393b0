import { expect, type Stage } from './stage.ts';

/** One step of the scenario: what is done, and what is then to be seen; it throws where it is not. */
export interface Step {
  readonly title: string;
  run(stage: Stage, orders: Orders): Promise<string>;
}

/** The orders that the steps made, by the name of their step. */
export type Orders = Map<'gateway' | 'direct' | 'granted late', number>;

const idOf = (orders: Orders, name: 'gateway' | 'direct' | 'granted late') => orders.get(name) ?? 0;

const ordering =
  (
    name: 'gateway' | 'direct' | 'granted late',
    service: 'gateway' | 'app',
    item: string,
    qty: number,
  ): Step['run'] =>
  async (stage, orders) => {
    const { status, body } = await stage.order(service, item, qty);
    expect(status === 201, `answered ${status} ${JSON.stringify(body)}`);
    orders.set(name, body.id);
    return `order ${body.id}, ${body.price} won, ${body.status}`;
  };

/** The scenario: order, look, cancel, and all of it again while marketing is down. */
export const steps: readonly Step[] = [
  {
    title: 'order through the gateway: POST :8080/orders item=LG10 qty=1',
    run: ordering('gateway', 'gateway', 'LG10', 1),
  },
  {
    title: 'the customer sees it shipped, with 300,000 mileage',
    run: (stage, orders) =>
      stage.see('gateway', `/customers/${idOf(orders, 'gateway')}`, { status: 'Shipped', point: 300_000 }),
  },
  {
    title: 'order at app itself: POST :8081/orders item=test88 qty=1',
    run: ordering('direct', 'app', 'test88', 1),
  },
  {
    title: 'its status: GET :8081/orders/{id}',
    run: (stage, orders) =>
      stage.see('app', `/orders/${idOf(orders, 'direct')}`, { status: 'Shipped', point: 300_000 }),
  },
  {
    title: 'cancel it: PATCH :8081/orders/{id} status=cancel',
    run: async (stage, orders) => {
      const { status, body } = await stage.cancel(idOf(orders, 'direct'));
      expect(
        status === 200 && body.status === 'OrderCancelled',
        `answered ${status} ${JSON.stringify(body)}`,
      );
      return body.status;
    },
  },
  {
    title: 'its money is back, its mileage gone',
    run: async (stage, orders) => {
      const id = idOf(orders, 'direct');
      await stage.see('marketing', `/marketings/${id}`, { point: 0 });
      await stage.see('customer', `/customers/${id}`, { status: 'PayCancelled', point: 0 });
      return stage.see('app', `/orders/${id}`, { status: 'PayCancelled', point: 0 });
    },
  },
  { title: 'marketing is stopped', run: (stage) => stage.stop('marketing') },
  {
    title: 'an order succeeds all the same: POST :8081/orders item=galaxy23 qty=3',
    run: ordering('granted late', 'app', 'galaxy23', 3),
  },
  {
    title: 'it ships, its point is null',
    run: (stage, orders) =>
      stage.see('app', `/orders/${idOf(orders, 'granted late')}`, { status: 'Shipped', point: null }),
  },
  { title: 'marketing is started', run: (stage) => stage.start('marketing') },
  {
    title: 'the 300,000 arrive by themselves',
    run: (stage, orders) => stage.see('app', `/orders/${idOf(orders, 'granted late')}`, { point: 300_000 }),
  },
  { title: 'marketing is stopped again', run: (stage) => stage.stop('marketing') },
  {
    title: 'a cancel is taken at once',
    run: async (stage, orders) => {
      const { status, body } = await stage.cancel(idOf(orders, 'granted late'));
      expect(
        status === 200 && body.status === 'OrderCancelled',
        `answered ${status} ${JSON.stringify(body)}`,
      );
      return body.status;
    },
  },
  {
    title: 'its refund waits for marketing: CancelPending, with the time of the next try',
    run: async (stage, orders) => {
      const path = `/payments/${idOf(orders, 'granted late')}`;
      const seen = await stage.see('pay', path, { process: 'CancelPending' });
      const { body } = await stage.api.get('pay', path);
      expect(typeof body.nextTryAt === 'string', 'there is no next try');
      return seen;
    },
  },
  {
    title: 'its point is still 300,000',
    run: (stage, orders) =>
      stage.see('app', `/orders/${idOf(orders, 'granted late')}`, {
        status: 'OrderCancelled',
        point: 300_000,
      }),
  },
  { title: 'marketing is started again', run: (stage) => stage.start('marketing') },
  {
    title: 'refund and mileage follow on their own',
    run: async (stage, orders) => {
      const id = idOf(orders, 'granted late');
      await stage.see('pay', `/payments/${id}`, { process: 'PayCancelled', nextTryAt: null });
      await stage.see('customer', `/customers/${id}`, { status: 'PayCancelled', point: 0 });
      return stage.see('app', `/orders/${id}`, { status: 'PayCancelled', point: 0 });
    },
  },
];
