import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { eventually, needs, startTestKafka, type TestKafka } from '@phone82/testkit';
import type { EventBus } from '../src/index.ts';
import { makeTopic, ownKafka } from './kafka-under-test.ts';
import { collect, range, received, record, sequence, untilReceived } from './received.ts';

needs('java', 'maven');

const PATIENCE_MS = 60_000;
const SESSION_MS = 3_000;

describe('kafka bus', () => {
  let kafka: TestKafka;
  let own: ReturnType<typeof ownKafka>;
  const buses: EventBus[] = [];
  const open = (brokers?: string) => {
    const bus = own.open(brokers);
    buses.push(bus);
    return bus;
  };

  before(async () => {
    kafka = await startTestKafka();
  });
  after(() => kafka.stop());
  beforeEach(async () => {
    own = ownKafka(kafka, { sessionMs: SESSION_MS });
    await makeTopic(own.open());
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  test('goes on by itself after its broker was killed and came back', async () => {
    const bus = open();
    const got = received();
    await collect(bus, own.group('g'), got);
    await bus.publish(sequence('a', 1, 5));
    await untilReceived(got, 5, PATIENCE_MS);
    await kafka.kill();
    await assert.rejects(bus.publish([record('a', 6)]));
    await assert.rejects(bus.ping());
    await kafka.restart();
    await eventually(() => bus.publish([record('a', 6)]), { timeoutMs: PATIENCE_MS });
    await untilReceived(got, 6, PATIENCE_MS);
    assert.deepEqual(got.numbers('a'), range(1, 6));
    await eventually(async () => assert.equal((await bus.lag(own.group('g'))).total, 0), {
      timeoutMs: PATIENCE_MS,
    });
  });

  test('goes on by itself after it was cut off for longer than its session', async () => {
    const { proxy, brokers } = kafka.cuttable;
    const other = open();
    const bus = open(brokers);
    const got = received();
    const lost = Promise.withResolvers<void>();
    await collect(bus, own.group('g'), got, {
      onRecords: async (records, signal) => {
        got.records.push(...records);
        if (records.some(({ key }) => key === 'last'))
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        if (signal.aborted) lost.resolve();
      },
    });
    await other.publish([...sequence('a', 1, 3), record('last', 1)]);
    await untilReceived(got, 4, PATIENCE_MS);
    proxy.cut();
    // Nobody told it, but after its session the group may have given its partitions away.
    await lost.promise;
    await other.publish([record('a', 4)]);
    proxy.heal();
    await untilReceived(got, 5, PATIENCE_MS);
    assert.deepEqual(got.numbers('a'), range(1, 4));
  });

  test('starts before its broker can be reached', async () => {
    const { proxy, brokers } = kafka.cuttable;
    proxy.cut();
    const bus = open(brokers);
    const got = received();
    await collect(bus, own.group('g'), got);
    await assert.rejects(bus.ping());
    proxy.heal();
    await eventually(() => bus.publish([record('a', 1)]), { timeoutMs: PATIENCE_MS });
    await untilReceived(got, 1, PATIENCE_MS);
  });

  test('makes its topic once, with its partitions, when several processes start together', async () => {
    own = ownKafka(kafka, { partitions: 5 });
    const started = Array.from({ length: 4 }, () => open());
    await Promise.all(started.map((bus) => eventually(() => bus.ping(), { timeoutMs: PATIENCE_MS })));
    assert.equal((await started[0]?.lag(own.group('g')))?.partitions.length, 5);
  });
});
