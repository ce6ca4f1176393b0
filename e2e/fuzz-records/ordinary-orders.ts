import { setTimeout as delay } from 'node:timers/promises';
import { cancelOrder, endsAs } from '../order-story.ts';
import type { SystemUnderTest } from '../system-under-test.ts';

const PAUSE_MS = 20;
const REFUSED_PAUSE_MS = 1_000;
const CANCELLED_OF = 4;

interface Placed {
  readonly id: number;
  /** On a busy machine the outcome of a charge can be unknown at first: such an order may fail in the end. */
  readonly wasPending: boolean;
  readonly isCancelled: boolean;
}

/** Orders placed one after another, every fourth taken back. */
export interface OrdinaryOrders {
  /** Places no more; resolves with how many there are. */
  stop(): Promise<number>;
  /** The orders that did not end right, in words. */
  wrong(): Promise<readonly string[]>;
}

/** Places orders until it is told to stop, and at least so many. */
export function placeOrders(system: SystemUnderTest, atLeast: number): OrdinaryOrders {
  const placed: Placed[] = [];
  const stopping = new AbortController();
  const placeOne = async () => {
    const { status, text, body } = await system.http('gateway').post('/orders', { item: 'LG10', qty: 1 });
    if (status === 503) return delay(REFUSED_PAUSE_MS);
    if (status !== 201 && status !== 202) throw new Error(`an order was answered ${status}: ${text}`);
    const wasPending = status === 202;
    const isCancelled = !wasPending && placed.length % CANCELLED_OF === 0;
    if (isCancelled) await cancelOrder(system, body.id);
    placed.push({ id: body.id, wasPending, isCancelled });
    await delay(PAUSE_MS);
  };
  const run = async () => {
    while (placed.length < atLeast || !stopping.signal.aborted) await placeOne();
  };
  const running = run();
  running.catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await running;
      return placed.length;
    },
    wrong: async () => (await Promise.all(placed.map((order) => faultsOf(system, order)))).flat(),
  };
}

async function faultsOf(
  system: SystemUnderTest,
  { id, wasPending, isCancelled }: Placed,
): Promise<readonly string[]> {
  if (wasPending && (await system.http('app').get(`/orders/${id}`)).body.status === 'PaymentFailed')
    return [];
  try {
    await endsAs(system, id, isCancelled ? 'takenBack' : 'shipped');
    return [];
  } catch (error) {
    return [`order ${id}: ${(error as Error).message}`];
  }
}
