import type { Chance } from '../engine/chance.ts';
import { catalogue } from '../services/app.ts';
import type { Client, ClientAnswer } from './client.ts';
import { signedIn } from './sign-in.ts';

/** What a customer was told about one order. */
export interface Journey {
  readonly customer: string;
  readonly item: string;
  readonly qty: number;
  readonly key: string | undefined;
  /** How often the order was sent. */
  sent: number;
  /** Ids in answers that said the order formed. */
  readonly formed: number[];
  /** Ids in answers that said it is being found out. */
  readonly pending: number[];
  /** Refusals that settled it. */
  refused: string | undefined;
  /** Ids for which anybody asked for a cancel, whatever came of it. */
  readonly askedBack: Set<number>;
  /** Ids whose cancel was accepted. */
  readonly cancelled: Set<number>;
  /** Ids whose cancel was refused. */
  readonly notCancelled: Set<number>;
}

export interface JourneyTools {
  readonly client: Client;
  readonly chance: Chance;
  readonly untilMs: number;
  readonly shipsByHand: boolean;
  /** The version of the view that the customer saw. */
  seen(orderId: number, version: number): void;
}

/** Orders a phone, and then does what customers do: looks, waits, changes their mind, once or twice. */
export async function travel(journey: Journey, tools: JourneyTools): Promise<void> {
  const { client, chance, untilMs } = tools;
  await client.environment.sleep(chance.between(0, untilMs * 0.8));
  const id = await placeOrder(journey, tools);
  if (id === undefined) return;
  const doings = [
    ...(chance.happens(0.5) ? [() => cancel(journey, id, tools)] : []),
    ...(chance.happens(0.2) ? [() => cancel(journey, id, tools)] : []),
    ...(chance.happens(0.07) ? [() => cancelPayment(journey, id, tools)] : []),
    ...(tools.shipsByHand && chance.happens(0.7) ? [() => ship(id, tools)] : []),
    ...(chance.happens(0.5) ? [() => watch(journey, id, tools)] : []),
  ];
  await Promise.all(
    doings.map(async (doing) => {
      await client.environment.sleep(chance.next() ** 2 * 4_000);
      await doing();
    }),
  );
}

/** Who orders. The records of `demo` are older than sign-in. */
const CUSTOMERS = ['demo', 'alice', 'bob'];

export function planJourney(chance: Chance, number: number): Journey {
  return {
    customer: CUSTOMERS[number % CUSTOMERS.length] as string,
    item: chance.pick(catalogue.list()).id,
    qty: 1 + chance.below(3),
    // Several people choose the same keys.
    key: chance.happens(0.85) ? `key-${Math.floor(number / CUSTOMERS.length)}` : undefined,
    sent: 0,
    formed: [],
    pending: [],
    refused: undefined,
    askedBack: new Set(),
    cancelled: new Set(),
    notCancelled: new Set(),
  };
}

const customerOf = ({ customer }: Journey) => signedIn(customer, 'customer');

/** With a key a request is repeated until it is answered for good; without one, once is all that is safe. */
async function placeOrder(journey: Journey, { client, chance }: JourneyTools): Promise<number | undefined> {
  const { item, qty, key } = journey;
  journey.sent++;
  const isSettled = (answer: ClientAnswer) => {
    note(journey, answer);
    return answer.status < 500 && answer.body?.code !== 'idempotency-in-flight' && answer.status !== 429;
  };
  const gaveUp = (answer: ClientAnswer) =>
    isSettled(answer) || (answer.body?.code === 'payment-unavailable' && chance.happens(0.3));
  const request = {
    method: 'POST',
    url: '/orders',
    body: { item, qty },
    key,
    as: customerOf(journey),
  } as const;
  const answer = await client.askUntil('app', request, gaveUp, key ? 200 : 1);
  if (answer && answer.status >= 400) journey.refused = answer.body?.code;
  if (answer && answer.status < 300 && chance.happens(0.2)) {
    journey.sent++;
    await client.ask('app', request).then((again) => again && note(journey, again));
  }
  return answer && answer.status < 300 ? answer.body.id : undefined;
}

function note(journey: Journey, { status, body }: ClientAnswer): void {
  if (status === 201) journey.formed.push(body.id);
  if (status === 202) journey.pending.push(body.id);
}

/** A refusal for now is asked about again under the same key, until there is an answer for good. */
async function cancel(journey: Journey, id: number, { client, chance }: JourneyTools): Promise<void> {
  journey.askedBack.add(id);
  const key = chance.happens(0.7) ? `cancel-${id}-${chance.below(1_000_000)}` : undefined;
  const as = customerOf(journey);
  const request = { method: 'PATCH', url: `/orders/${id}`, body: { status: 'cancel' }, key, as } as const;
  const isSettled = ({ status, body }: ClientAnswer) => status === 200 || body?.code === 'order-not-formed';
  const answer = await client.askUntil('app', request, isSettled);
  if (answer) (answer.status === 200 ? journey.cancelled : journey.notCancelled).add(id);
}

/** Somebody gives the money back at pay itself, whatever the order is. */
async function cancelPayment(journey: Journey, id: number, { client }: JourneyTools): Promise<void> {
  journey.askedBack.add(id);
  const request = {
    method: 'PATCH',
    url: `/payments/${id}`,
    body: { process: 'cancel' },
    as: signedIn('operator', 'operator'),
  } as const;
  await client.askUntil('pay', request, ({ status }) => status === 200);
}

async function ship(id: number, { client, chance }: JourneyTools): Promise<void> {
  const request = {
    method: 'PATCH',
    url: `/storeManages/${id}`,
    body: { process: 'Shipped', carrier: 'CJ' },
    as: signedIn('agent', 'agency'),
  } as const;
  const answer = await client.askUntil('store', request, ({ status }) => status === 200, 6);
  if (answer && chance.happens(0.2)) await client.ask('store', request);
}

async function watch(journey: Journey, id: number, { client, seen }: JourneyTools): Promise<void> {
  for (let looks = 0; looks < 6; looks++) {
    const answer = await client.ask('customer', {
      method: 'GET',
      url: `/customers/${id}`,
      as: customerOf(journey),
    });
    if (answer?.status === 200) seen(id, answer.body.version);
    await client.environment.sleep(700);
  }
}
