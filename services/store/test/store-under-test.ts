import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import {
  type ComponentDatabase,
  componentDatabase,
  eventually,
  type JumpingEnvironment,
  jumpingEnvironment,
  startTestService,
  type TestService,
} from '@phone82/testkit';
import { store } from '../src/build.ts';

export interface StoreUnderTest {
  store: TestService;
  environment: JumpingEnvironment;
  restart(): Promise<void>;
}

/** store on a database of its own, for the tests of one group. */
export function storeUnderTest(settings: Record<string, string> = {}): StoreUnderTest {
  const the = {} as StoreUnderTest;
  let database: ComponentDatabase;
  before(async () => {
    database = await componentDatabase();
    the.environment = jumpingEnvironment();
    const start = async () => {
      the.store = await startTestService(store, {
        databaseUrl: database.url,
        environment: the.environment,
        settings,
        ...(the.store && { log: the.store.log }),
      });
    };
    the.restart = async () => {
      await the.store.stop();
      await start();
    };
    await start();
  });
  after(async () => {
    await the.store?.stop();
    await database?.remove();
  });
  return the;
}

let orders = 0;
export const newOrderId = () => ++orders;

export const ordered = (id: number): EventBody => ({
  eventType: 'Ordered',
  id,
  item: 'LG10',
  qty: 2,
  status: 'Ordered',
  price: 1_798_000,
  customerId: 'demo',
});
export const payCompleted = (orderId: number): EventBody => ({ eventType: 'PayCompleted', orderId });
export const orderCancelled = (id: number): EventBody => ({ eventType: 'OrderCancelled', id });
export const payCancelled = (orderId: number): EventBody => ({ eventType: 'PayCancelled', orderId });

/** What a test does with store, and how it looks at what came of it. */
export function storyOf(the: StoreUnderTest) {
  const found = async (id: number) => (await the.store.get(`/storeManages/${id}`)).body;
  return {
    found,
    happens: async (...events: EventBody[]) => {
      const records = await the.store.publish(...events);
      await the.store.settled();
      return records;
    },
    ship: (id: number, details: object = {}) =>
      the.store.patch(`/storeManages/${id}`, { process: 'Shipped', ...details }),
    typesOf: (id: number) => the.store.published(id).map(({ eventType }) => eventType),
    becomes: (id: number, process: string) =>
      eventually(async () => {
        assert.equal((await found(id)).process, process);
        await the.store.settled();
      }),
  };
}
