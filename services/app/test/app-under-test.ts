import { after, before } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import {
  type FakeAnswer,
  type FakeRemote,
  type FakeRequest,
  type HttpAnswer,
  type JumpingEnvironment,
  jumpingEnvironment,
  startFakeRemote,
  startTestPostgres,
  startTestService,
  type TestPostgres,
  type TestService,
} from '@phone82/testkit';
import { app } from '../src/build.ts';

export interface AppUnderTest {
  app: TestService;
  pay: FakeRemote;
  environment: JumpingEnvironment;
  /** Ends app without ceremony for its database, and starts it anew on the same one. */
  restart(): Promise<void>;
}

interface AppOptions {
  /** What pay lists as its payments, whatever else it says. Default: none. */
  readonly listing?: () => FakeAnswer;
  /** Answers of pay to what begins so, whatever else a test says. */
  readonly fixed?: Readonly<Record<string, (request: FakeRequest) => FakeAnswer>>;
  readonly jobsMayFail?: boolean;
}

/** app on a database of its own, with a fake pay, for the tests of one group. */
export function appUnderTest(
  settings: Record<string, string> = {},
  { listing = noPayments, fixed = {}, jobsMayFail = false }: AppOptions = {},
): AppUnderTest {
  const the = {} as AppUnderTest;
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startTestPostgres();
    const databaseUrl = await postgres.freshDatabase();
    the.environment = jumpingEnvironment();
    the.pay = await startFakeRemote(payed, {
      'GET /payments?': listing,
      'GET /reconciliations/payments?': () => ({ status: 200, body: { payments: [] } }),
      ...fixed,
    });
    const start = async () => {
      const { environment, pay } = the;
      // Patient, for a busy machine is no time-out.
      const all = { PAY_URL: pay.url, PAY_TIMEOUT_MS: '5000', ...settings };
      the.app = await startTestService(app, {
        databaseUrl,
        environment,
        jobsMayFail,
        settings: all,
        ...(the.app && { log: the.app.log }),
      });
    };
    the.restart = async () => {
      await the.app.stop();
      await start();
    };
    await start();
  });
  after(async () => {
    await the.app?.stop();
    await the.pay?.close();
    await postgres?.stop();
  });
  return the;
}

/** pay's list of payments, whatever it says to the rest. */
const noPayments = () => ({ status: 200, body: { _embedded: { payments: [] } } });

/** What was asked for of each order: a later question for its payment is answered with the same. */
const asked = new Map<number, { readonly price: number; readonly reference?: string | undefined }>();

/** A payment as pay shows it, exactly as it was asked for unless something else is said. */
export function payment(process: string, { path, body }: FakeRequest, differing: object = {}) {
  const orderId: number = body?.orderId ?? Number(path.split('/').at(-1));
  if (body?.price !== undefined) asked.set(orderId, { price: body.price, reference: body.reference });
  return { process, orderId, reference: null, ...asked.get(orderId), ...differing };
}

/** PayCompleted or PayCancelled of the payment that app asked for. */
export const paymentEvent = (
  eventType: 'PayCompleted' | 'PayCancelled',
  orderId: number,
  differing: object = {},
): EventBody => ({ eventType, orderId, ...asked.get(orderId), ...differing }) as EventBody;

/** pay says yes. */
export const payed = (request: FakeRequest) => ({ status: 201, body: payment('Payed', request) });

export function declined(request: FakeRequest) {
  payment('Declined', request);
  return { status: 402, body: { code: 'payment-declined', declineCode: 'REJECT_CARD_PAYMENT' } };
}

/** The answer to the charge is lost, and asked later pay says this of the payment; nothing: it never saw one. */
export const lostThen =
  (process: string | undefined) =>
  (request: FakeRequest): 'reset' | { status: number; body: object } => {
    if (request.method === 'POST') {
      payment('lost', request);
      return 'reset';
    }
    if (request.method === 'PATCH') return { status: 200, body: payment('Voided', request) };
    return process === undefined
      ? { status: 404, body: { code: 'not-found' } }
      : { status: 200, body: payment(process, request) };
  };

let keys = 0;
export const newKey = () => `key-${++keys}`;

export const order = (
  { app: service }: AppUnderTest,
  body: unknown = { item: 'LG10', qty: 1 },
  headers: Record<string, string> = {},
): Promise<HttpAnswer> => service.post('/orders', body, headers);
