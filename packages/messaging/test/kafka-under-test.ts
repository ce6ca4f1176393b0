import { randomBytes } from 'node:crypto';
import { TOPIC } from '@phone82/contracts';
import { realEnvironment } from '@phone82/runtime';
import { eventually, silentLog, type TestKafka } from '@phone82/testkit';
import type { EventBus, KafkaBusOptions } from '../src/index.ts';
import { createKafkaBus } from '../src/kafka-bus.ts';
import { type BusUnderTest, busesUnderTest } from './bus-under-test.ts';

const SESSION_MS = 6_000;

/** A topic and groups of a test's own on a broker that tests share. */
export function ownKafka(kafka: Pick<TestKafka, 'brokers'>, options: Partial<KafkaBusOptions> = {}) {
  const mark = randomBytes(4).toString('hex');
  const topic = `${TOPIC}-${mark}`;
  const group = (name: string) => `${name}-${mark}`;
  const open = (brokers = kafka.brokers, further: Partial<KafkaBusOptions> = {}) =>
    createKafkaBus({
      brokers: [brokers],
      environment: realEnvironment,
      log: silentLog,
      topic,
      sessionMs: SESSION_MS,
      ...options,
      ...further,
    });
  return { topic, group, open };
}

/** A log of its own for each test of the contract, which knows neither the topic's name nor that of the groups. */
export async function kafkaUnderTest(kafka: TestKafka): Promise<BusUnderTest> {
  const own = ownKafka(kafka);
  await makeTopic(own.open());
  const { proxy, brokers } = kafka.cuttable;
  return busesUnderTest({
    open: (isFirst) => underCommonNames(own.open(isFirst ? brokers : kafka.brokers), own.group),
    cutFirst: () => proxy.cut(),
    end: () => proxy.heal(),
  });
}

/** A busy machine's broker may need longer to make a topic than a request waits. */
export async function makeTopic(bus: EventBus): Promise<void> {
  await eventually(() => bus.ping(), { timeoutMs: 60_000 });
  await bus.close();
}

function underCommonNames(bus: EventBus, group: (name: string) => string): EventBus {
  return {
    publish: (records) => bus.publish(records),
    subscribe: (options) =>
      bus.subscribe({
        ...options,
        group: group(options.group),
        onRecords: (records, signal) =>
          options.onRecords(
            records.map((record) => ({ ...record, topic: TOPIC })),
            signal,
          ),
      }),
    membership: (name) => bus.membership(group(name)),
    lag: (name) => bus.lag(group(name)),
    partitionOf: (key, partitions) => bus.partitionOf(key, partitions),
    deleteGroup: (name) => bus.deleteGroup(group(name)),
    history: {
      ...bus.history,
      committed: (name) => bus.history.committed(group(name)),
      moveGroup: (name, offsets) => bus.history.moveGroup(group(name), offsets),
    },
    ping: () => bus.ping(),
    close: () => bus.close(),
  };
}
