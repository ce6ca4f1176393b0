import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { eventually, startTestKafka, type TestKafka } from '@phone82/testkit';
import { Consumer } from '@platformatic/kafka';
import type { EventBus } from '../src/index.ts';
import { makeTopic, ownKafka } from './kafka-under-test.ts';
import { collect, received, record, untilReceived } from './received.ts';

const PATIENCE = { timeoutMs: 60_000 };

/** A member as the Java services are: of the same group, with the range assignor, which is none of ours. */
async function joinAsJava(brokers: string, topic: string, groupId: string) {
  const consumer = new Consumer({
    clientId: 'java',
    bootstrapBrokers: [brokers],
    groupId,
    protocols: [{ name: 'range', version: 0 }],
    sessionTimeout: 6_000,
    heartbeatInterval: 500,
  });
  consumer.topics.track(topic);
  await consumer.joinGroup({});
  return consumer;
}

describe('the membership of a group on Kafka', () => {
  let kafka: TestKafka;
  before(async () => {
    kafka = await startTestKafka();
  });
  after(() => kafka.stop());

  async function oneTopic(t: TestContext) {
    const warnings: string[] = [];
    const warn = (fields: { err?: Error }) => void warnings.push(String(fields.err?.message));
    const log = { debug: () => {}, info: () => {}, warn, error: () => {} };
    const own = ownKafka(kafka, { log: log as never });
    await makeTopic(own.open());
    const group = own.group('pay');
    const open = (brokers?: string) => {
      const bus = own.open(brokers);
      t.after(() => bus.close());
      return bus;
    };
    return { open, group, topic: own.topic, warnings };
  }
  const becomes = (bus: EventBus, group: string, membership: string) =>
    eventually(() => assert.equal(bus.membership(group), membership), PATIENCE);

  test('is refused while a Java service is in the group, and begins once that has left', async (t) => {
    const { open, group, topic, warnings } = await oneTopic(t);
    const java = await joinAsJava(kafka.brokers, topic, group);
    const bus = open();
    assert.equal(bus.membership(group), undefined);
    const got = received();
    const subscription = await collect(bus, group, got);
    assert.equal(bus.membership(group), 'joining');
    await becomes(bus, group, 'refused');
    assert.equal(subscription.membership(), 'refused');
    await bus.publish([record('a', 1)]);
    const seen = new Set<unknown>();
    for (const until = performance.now() + 3_000; performance.now() < until; ) {
      seen.add(bus.membership(group));
      await new Promise((later) => setTimeout(later, 20));
    }
    assert.deepEqual([...seen], ['refused']);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /another implementation of the service is in it/);
    await java.close(true);
    await becomes(bus, group, 'member');
    await untilReceived(got, 1, PATIENCE.timeoutMs);
    await subscription.stop();
    assert.equal(bus.membership(group), undefined);
  });

  test('is said to be without a log, not refused, while Kafka does not answer', async (t) => {
    const { open, group } = await oneTopic(t);
    const { proxy, brokers } = kafka.cuttable;
    const bus = open(brokers);
    await collect(bus, group, received());
    await becomes(bus, group, 'member');
    proxy.cut();
    await becomes(bus, group, 'logUnreachable');
    proxy.heal();
    await becomes(bus, group, 'member');
  });
});
