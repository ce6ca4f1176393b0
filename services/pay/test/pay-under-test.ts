import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import {
  eventually,
  type FakeRemote,
  type HttpAnswer,
  type JumpingEnvironment,
  jumpingEnvironment,
  startFakeRemote,
  startTestPostgres,
  startTestService,
  type TestPostgres,
  type TestService,
} from '@phone82/testkit';
import { pay } from '../src/build.ts';
import type { PspBehaviour } from '../src/outbound/psp-simulator.ts';

export interface PayUnderTest {
  pay: TestService;
  marketing: FakeRemote;
  environment: JumpingEnvironment;
  databaseUrl: string;
  restart(): Promise<void>;
}

/** marketing takes the mileage back. */
export const done = () => ({ status: 201, body: { point: 0 } });

/** pay on a database of its own, with a fake marketing, for the tests of one group. */
export function payUnderTest(): PayUnderTest {
  const the = {} as PayUnderTest;
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startTestPostgres();
    the.databaseUrl = await postgres.freshDatabase();
    the.environment = jumpingEnvironment();
    the.marketing = await startFakeRemote(done);
    const start = async () => {
      the.pay = await startTestService(pay, {
        databaseUrl: the.databaseUrl,
        environment: the.environment,
        settings: { MARKETING_URL: the.marketing.url, MARKETING_TIMEOUT_MS: '1500' },
        ...(the.pay && { log: the.pay.log }),
      });
    };
    the.restart = async () => {
      await the.pay.stop();
      await start();
    };
    await start();
  });
  after(async () => {
    await the.pay?.stop();
    await the.marketing?.close();
    await postgres?.stop();
  });
  return the;
}

let orders = 0;
export const newOrderId = () => ++orders;

/** What a test does with pay, and how it looks at what came of it. */
export function storyOf(the: PayUnderTest) {
  const charge = (orderId: number, price = 500_000): Promise<HttpAnswer> =>
    the.pay.post('/payments', { orderId, price, process: 'Ordered', customerId: 'demo' });
  const found = async (orderId: number) => (await the.pay.get(`/payments/${orderId}`)).body;
  return {
    charge,
    found,
    /** A payment that was taken. */
    payed: async (): Promise<number> => {
      const orderId = newOrderId();
      assert.equal((await charge(orderId)).status, 201);
      return orderId;
    },
    cancel: (orderId: number) => the.pay.patch(`/payments/${orderId}`, { process: 'cancel' }),
    instruct: (behaviour: PspBehaviour, orderId?: number) =>
      the.pay.put('/psp-simulator', { behaviour, ...(orderId && { orderId }) }),
    orderCancelled: (id: number): EventBody => ({
      eventType: 'OrderCancelled',
      id,
      status: 'OrderCancelled',
    }),
    /** The PSP's own books on an order. */
    ledger: async (orderId: number): Promise<string[]> => {
      const lines = await the.pay.database.kysely
        .selectFrom('psp_ledger')
        .selectAll()
        .where('order_id', '=', orderId)
        .orderBy('operation')
        .execute();
      return lines.map(
        ({ operation, amount, decline_code: code }) => `${operation} ${code ?? Number(amount)}`,
      );
    },
    typesOf: (orderId: number) => the.pay.published(orderId).map(({ eventType }) => eventType),
    /** Waits until the payment is as wanted, while its time passes, and until all is told. */
    becomes: async (orderId: number, process: string) => {
      await eventually(
        async () => {
          the.environment.jump(2_000);
          assert.equal((await found(orderId)).process, process);
        },
        // The breaker's own time does not jump.
        { timeoutMs: 15_000 },
      );
      await the.pay.settled();
    },
  };
}
