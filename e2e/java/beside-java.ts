import assert from 'node:assert/strict';
import { decodeRecord, type PhoneEvent } from '@phone82/contracts';
import { openKafkaBus } from '@phone82/messaging';
import { realEnvironment } from '@phone82/runtime';
import { eventually, recordingLog } from '@phone82/testkit';
import { type ServiceName, type SystemUnderTest, succeeded } from '../system-under-test.ts';
import type { JavaRepository } from './java-repository.ts';
import type { JavaOptions, JavaService } from './java-services.ts';

export const PATIENCE = { timeoutMs: 40_000 };

const KAFKA_PORT = 8079;
export const brokersOf = ({ offset }: SystemUnderTest) => `127.0.0.1:${KAFKA_PORT + offset}`;

/** Puts a Java service in the place of ours, at its port and in its group. */
export async function replace(
  system: SystemUnderTest,
  service: ServiceName,
  start: (options: JavaOptions) => Promise<JavaService>,
) {
  succeeded(await system.run('stop', service));
  const begin = (repository?: JavaRepository) =>
    start({
      port: Number(new URL(system.url(service)).port),
      brokers: brokersOf(system),
      url: (name) => `http://127.0.0.1:${new URL(system.url(name)).port}`,
      ...(repository && { repository }),
    });
  let java = await begin();
  return {
    rows: () => java.repository.all(),
    stop: () => java.stop(),
    /** On the database that it left, or on an empty one. */
    restart: async (keeps: boolean) => {
      java = await begin(keeps ? java.repository : undefined);
    },
  };
}

/** Ours takes its place back: what the other did meanwhile is made into records first. */
export async function takeBack(system: SystemUnderTest, service: ServiceName): Promise<string> {
  const report = service === 'customer' ? '' : succeeded(await system.run('import', '--from-log', service));
  succeeded(await system.run('start', service));
  return report;
}

/** So many orders at once; gives their answers. */
export const placeMany = (system: SystemUnderTest, count: number) =>
  Promise.all(
    Array.from({ length: count }, () => system.http('gateway').post('/orders', { item: 'LG10', qty: 1 })),
  );

/** What a customer is to see of orders, by our own view. */
export const seenAs = (
  system: SystemUnderTest,
  ids: readonly number[],
  status: string,
  point: number | null,
): Promise<void> =>
  eventually(async () => {
    for (const id of ids) {
      const { body } = await system.http('customer').get(`/customers/${id}`);
      assert.deepEqual([id, body?.status, body?.point], [id, status, point]);
    }
  }, PATIENCE);

/** Every event of the topic. */
export async function eventsOf(system: SystemUnderTest): Promise<readonly PhoneEvent[]> {
  const bus = await openKafkaBus({
    brokers: [brokersOf(system)],
    environment: realEnvironment,
    log: recordingLog(),
  });
  try {
    const events: PhoneEvent[] = [];
    for (const stretch of await bus.history.stretches())
      for await (const records of bus.history.read(stretch))
        for (const record of records) {
          const decoded = decodeRecord(record, record);
          if (decoded.kind === 'event') events.push(decoded.event);
        }
    return events;
  } finally {
    await bus.close();
  }
}

const orderOf = (event: PhoneEvent): number => ('orderId' in event ? event.orderId : event.id);

/**
 * Orders of which `Ordered` stands first in the log. A Java view knows no order before that event, and drops what came sooner: pay tells of a
 * payment before app tells of the order.
 */
export function toldInOrder(events: readonly PhoneEvent[], ids: readonly number[]): readonly number[] {
  return ids.filter((id) => events.find((event) => orderOf(event) === id)?.eventType === 'Ordered');
}

/** How often an event was told of each order. */
export function timesTold(events: readonly PhoneEvent[], eventType: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const event of events)
    if (event.eventType === eventType) {
      const id = orderOf(event);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  return counts;
}
