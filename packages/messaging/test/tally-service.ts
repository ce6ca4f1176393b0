import type { WireRecord } from '@phone82/contracts';
import { type Environment, realEnvironment } from '@phone82/runtime';
import type { Tracer } from '@phone82/telemetry';
import {
  add,
  createMemoryDeadLetterReader,
  createMemoryUnitOfWork,
  emptyTally,
  recordingLog,
  type Tally,
} from '@phone82/testkit';
import {
  createDeadLetters,
  createMemoryBus,
  type EventHandler,
  type Subscriptions,
  startConsumer,
} from '../src/index.ts';

/** Adds an event's points to the order's tally, and publishes the new total. */
export const addsPoints: EventHandler<Tally, 'PromoCompleted'> = async (event, transaction) => {
  const tally = (await transaction.get(event.orderId)) ?? emptyTally(event.orderId);
  const next = add(tally, event.point ?? 0);
  transaction.put(next);
  transaction.publish({ eventType: 'PromoCancelled', orderId: next.id, point: next.total });
};

const LONGEST_PAUSE_MS = 1_000;

/** A service that adds up the points of `PromoCompleted`, and publishes each new total. */
export async function startTallyService(
  options: { before?: EventHandler<Tally, 'PromoCompleted'>; maxAttempts?: number; tracer?: Tracer } = {},
) {
  // The pauses between tries take no time; a job that looks every few seconds keeps its pace.
  const sleep: Environment['sleep'] = async (ms, signal) =>
    ms > LONGEST_PAUSE_MS ? realEnvironment.sleep(ms, signal) : undefined;
  const environment = { ...realEnvironment, random: () => 0, sleep };
  const log = recordingLog();
  const unitOfWork = createMemoryUnitOfWork<Tally>({ environment: realEnvironment });
  const bus = createMemoryBus({ environment: realEnvironment });
  const subscriptions: Subscriptions<Tally> = {
    PromoCompleted: async (event, transaction, context) => {
      await options.before?.(event, transaction, context);
      await addsPoints(event, transaction, context);
    },
  };
  const consumer = await startConsumer({
    bus,
    group: 'tally',
    unitOfWork,
    subscriptions,
    environment,
    log,
    tracer: options.tracer,
    maxAttempts: options.maxAttempts ?? 3,
  });
  const letters = createMemoryDeadLetterReader(unitOfWork);
  return {
    bus,
    log,
    unitOfWork,
    deadLetters: createDeadLetters({ letters, unitOfWork, subscriptions }),
    entries: (id: number) => unitOfWork.store.records.get(id)?.entries ?? [],
    stop: async () => {
      await consumer.stop();
      await bus.close();
    },
  };
}

export type TallyService = Awaited<ReturnType<typeof startTallyService>>;

/** A `PromoCompleted` of an order; the message id tells its amount. */
export const points = (orderId: number, point: number): WireRecord => ({
  key: String(orderId),
  value: JSON.stringify({ eventType: 'PromoCompleted', orderId, point, timestamp: '20260101090000' }),
  headers: {
    ce_id: `m-${orderId}-${point}`,
    ce_type: 'PromoCompleted',
    ce_correlationid: `c-${orderId}`,
  },
});
