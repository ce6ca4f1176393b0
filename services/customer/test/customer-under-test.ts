import { after, before } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import {
  type JumpingEnvironment,
  jumpingEnvironment,
  startTestPostgres,
  startTestService,
  type TestPostgres,
  type TestService,
} from '@phone82/testkit';
import { customer } from '../src/build.ts';

export interface CustomerUnderTest {
  customer: TestService;
  environment: JumpingEnvironment;
  databaseUrl: string;
  restart(): Promise<void>;
}

/** customer on a database of its own, for the tests of one group. */
export function customerUnderTest(settings: Record<string, string> = {}): CustomerUnderTest {
  const the = {} as CustomerUnderTest;
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startTestPostgres();
    the.databaseUrl = await postgres.freshDatabase();
    the.environment = jumpingEnvironment();
    const start = async () => {
      the.customer = await startTestService(customer, {
        databaseUrl: the.databaseUrl,
        environment: the.environment,
        settings,
        ...(the.customer && { log: the.customer.log }),
      });
    };
    the.restart = async () => {
      await the.customer.stop();
      await start();
    };
    await start();
  });
  after(async () => {
    await the.customer?.stop();
    await postgres?.stop();
  });
  return the;
}

let orders = 0;
export const newOrderId = () => ++orders;

const order = { item: 'LG10', qty: 2, store: null, price: 1_798_000, point: null };

/** The events of an order's life, each by its name. */
export const lifeOf = (id: number, customerId = 'demo') =>
  ({
    ordered: { eventType: 'Ordered', id, ...order, status: 'Ordered', customerId },
    payCompleted: { eventType: 'PayCompleted', orderId: id, price: 1_798_000, process: 'Payed', customerId },
    shipped: { eventType: 'Shipped', orderId: id, item: 'LG10', process: 'Shipped', customerId },
    promoCompleted: { eventType: 'PromoCompleted', orderId: id, point: 300_000, customerId },
    orderCancelled: { eventType: 'OrderCancelled', id, ...order, status: 'OrderCancelled', customerId },
    promoCancelled: { eventType: 'PromoCancelled', orderId: id, point: 0, customerId },
    payCancelled: { eventType: 'PayCancelled', orderId: id, price: 1_798_000, customerId },
  }) as const satisfies Record<string, EventBody>;
