import { after, before } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import {
  type ComponentDatabase,
  componentDatabase,
  startTestService,
  type TestService,
} from '@phone82/testkit';
import { marketing } from '../src/build.ts';

export interface MarketingUnderTest {
  marketing: TestService;
  restart(): Promise<void>;
}

/** marketing on a database of its own, for the tests of one group. */
export function marketingUnderTest(settings: Record<string, string> = {}): MarketingUnderTest {
  const the = {} as MarketingUnderTest;
  let database: ComponentDatabase;
  before(async () => {
    database = await componentDatabase();
    const start = async () => {
      the.marketing = await startTestService(marketing, {
        databaseUrl: database.url,
        settings,
        ...(the.marketing && { log: the.marketing.log }),
      });
    };
    the.restart = async () => {
      await the.marketing.stop();
      await start();
    };
    await start();
  });
  after(async () => {
    await the.marketing?.stop();
    await database?.remove();
  });
  return the;
}

export const payCompleted = (orderId: number, customerId = 'demo'): EventBody => ({
  eventType: 'PayCompleted',
  orderId,
  price: 500_000,
  process: 'Payed',
  customerId,
});

let orders = 0;
export const newOrderId = () => ++orders;
