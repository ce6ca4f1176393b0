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
import { PREFIX, type SimulatedPsp, startSimulatedPsp } from './simulated-psp.ts';

export interface PayUnderTest {
  pay: TestService;
  marketing: FakeRemote;
  psp: SimulatedPsp;
  environment: JumpingEnvironment;
  databaseUrl: string;
  restart(): Promise<void>;
}

/** marketing takes the mileage back. */
export const done = () => ({ status: 201, body: { point: 0 } });

/** pay on a database of its own, with a simulated PSP and a fake marketing, for the tests of one group. */
export function payUnderTest(settings: Readonly<Record<string, string>> = {}): PayUnderTest {
  const the = {} as PayUnderTest;
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startTestPostgres();
    the.databaseUrl = await postgres.freshDatabase();
    the.environment = jumpingEnvironment();
    the.marketing = await startFakeRemote(done);
    the.psp = await startSimulatedPsp(the.environment);
    const start = async () => {
      the.pay = await startTestService(pay, {
        databaseUrl: the.databaseUrl,
        environment: the.environment,
        settings: {
          MARKETING_URL: the.marketing.url,
          MARKETING_TIMEOUT_MS: '1500',
          PSP_URL: the.psp.url,
          ...settings,
        },
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
    await the.psp?.down();
    await postgres?.stop();
  });
  return the;
}

type PspBehaviour = 'approve' | 'decline' | 'slow' | 'dropAnswer' | 'dropRequest';

const behaviours = {
  approve: [],
  decline: [{ kind: 'decline', code: 'REJECT_CARD_PAYMENT', operation: 'charge' }],
  slow: [{ kind: 'slow', ms: 1_500, operation: 'charge' }],
  dropAnswer: [{ kind: 'dropReply', operation: 'charge' }],
  dropRequest: [{ kind: 'dropRequest', operation: 'charge' }],
} as const;

let orders = 0;
export const newOrderId = () => ++orders;
/** What app calls the payment of an order. */
const referenceOf = (orderId: number) => `ref-${orderId}`;

/** A formed order was cancelled. */
const orderCancelled = (id: number, differing: object = {}): EventBody => ({
  eventType: 'OrderCancelled',
  id,
  status: 'OrderCancelled',
  price: 500_000,
  reference: referenceOf(id),
  ...differing,
});

/** What a test does with pay, and how it looks at what came of it. */
export function storyOf(the: PayUnderTest) {
  const charge = (orderId: number, price = 500_000): Promise<HttpAnswer> =>
    the.pay.post('/payments', {
      orderId,
      price,
      process: 'Ordered',
      reference: referenceOf(orderId),
      customerId: 'demo',
    });
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
    /** How the PSP treats the charges of one order, or of all. */
    instruct: (behaviour: PspBehaviour, orderId?: number) =>
      the.psp.misbehave(
        ...behaviours[behaviour].map((rule) => ({
          ...rule,
          ...(orderId && { orderId: `${PREFIX}${orderId}` }),
        })),
      ),
    orderCancelled,
    /** The PSP's own books on an order. */
    ledger: (orderId: number) => the.psp.linesOf(orderId),
    /** What a metric shows, over all series with these labels. */
    measured: async (name: string, labels: Readonly<Record<string, string>>) =>
      sumOfSeries((await the.pay.get('/metrics')).text, name, labels),
    typesOf: (orderId: number) => the.pay.published(orderId).map(({ eventType }) => eventType),
    /** Waits until the payment is as wanted, while its time passes, and until all is told. */
    becomes: (orderId: number, process: string) =>
      untilTold(the, async () => assert.equal((await found(orderId)).process, process)),
  };
}

async function untilTold(the: PayUnderTest, holds: () => Promise<void>): Promise<void> {
  await eventually(
    async () => {
      the.environment.jump(2_000);
      await holds();
    },
    // The breaker's own time does not jump.
    { timeoutMs: 15_000 },
  );
  await the.pay.settled();
}

function sumOfSeries(text: string, name: string, labels: Readonly<Record<string, string>>): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) && wanted.every((label) => line.includes(label)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
