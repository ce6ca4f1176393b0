import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually, needs, startSharedKafka, type TestKafka } from '@phone82/testkit';
import { Admin, ConfigResourceTypes } from '@platformatic/kafka';
import { makeTopic, ownKafka } from './kafka-under-test.ts';
import { collect, received, record, untilReceived } from './received.ts';

needs('java', 'maven');

const OFFSETS = '__consumer_offsets';

describe('a topic that is made', () => {
  let kafka: Pick<TestKafka, 'brokers' | 'stop'>;
  let admin: Admin;
  const settingOf = async (topic: string, name: string) => {
    const resource = {
      resourceType: ConfigResourceTypes.TOPIC,
      resourceName: topic,
      configurationKeys: [name],
    };
    const [found] = await admin.describeConfigs({ resources: [resource] });
    return found?.configs.find((one) => one.name === name)?.value;
  };

  before(async () => {
    kafka = await startSharedKafka();
    admin = new Admin({ clientId: 'another', bootstrapBrokers: [kafka.brokers] });
  });
  after(async () => {
    await admin.close();
    await kafka.stop();
  });

  test('has the settings and the copies that were asked for, and is kept for ever', async () => {
    const own = ownKafka(kafka, { topicSettings: { 'flush.messages': '1' }, replication: 1 });
    await makeTopic(own.open());
    assert.equal(await settingOf(own.topic, 'flush.messages'), '1');
    assert.equal(await settingOf(own.topic, 'retention.ms'), '-1');
  });

  test('is not made with more copies than there are brokers', async () => {
    const bus = ownKafka(kafka, { replication: 3 }).open();
    await assert.rejects(bus.ping(), /replication factor/i);
    await bus.close();
  });

  test('alone is flushed at each record, not the offsets of its groups', async () => {
    const own = ownKafka(kafka, { topicSettings: { 'flush.messages': '1' } });
    await makeTopic(own.open());
    const bus = own.open();
    const got = received();
    await collect(bus, own.group('g'), got);
    await bus.publish([record('a', 1)]);
    await untilReceived(got, 1, 60_000);
    await eventually(async () => assert.equal((await bus.lag(own.group('g'))).total, 0), {
      timeoutMs: 60_000,
    });
    await bus.close();
    assert.notEqual(await settingOf(OFFSETS, 'flush.messages'), '1');
  });
});
