import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError, loadConfig } from '@phone82/runtime';
import Type from 'typebox';
import { hostConfig } from './config.ts';
import { topicSettingsIn } from './kafka-config.ts';
import { withEitherBus } from './open-bus.ts';

const schema = Type.Object(hostConfig({ port: 1 }));
const KAFKA = { KAFKA_BROKERS: 'kafka:9092' };
const SETTINGS = 'min.insync.replicas=2,flush.messages=1';
const load = (env: NodeJS.ProcessEnv) =>
  loadConfig(withEitherBus(schema, env), { DATABASE_URL: 'sqlite:///there', ...env });

describe('the log of a service', () => {
  test('has to be named', () => {
    assert.throws(() => load({}), /BUS_URL is missing/);
    assert.throws(() => load({ KAFKA_BROKERS: '' }), /BUS_URL is missing/);
  });

  test('is Kafka’s alone where there are brokers', () => {
    const { KAFKA_BROKERS, BUS_URL } = load({ KAFKA_BROKERS: 'kafka-1:9092,10.0.0.2:9092' });
    assert.deepEqual([KAFKA_BROKERS, BUS_URL], ['kafka-1:9092,10.0.0.2:9092', undefined]);
  });

  for (const brokers of ['kafka', 'kafka:', 'kafka:9092,', 'kafka:9092, other:9092', 'kafka://kafka:9092'])
    test(`is refused as ${brokers}`, () => {
      assert.throws(() => load({ KAFKA_BROKERS: brokers }), ConfigError);
    });

  test('is made with the settings that are named', () => {
    const { KAFKA_TOPIC_SETTINGS } = load({ ...KAFKA, KAFKA_TOPIC_SETTINGS: SETTINGS });
    assert.deepEqual(topicSettingsIn(KAFKA_TOPIC_SETTINGS as string), {
      'min.insync.replicas': '2',
      'flush.messages': '1',
    });
    assert.deepEqual(topicSettingsIn(undefined), {});
  });

  for (const settings of [
    'flush.messages',
    'flush.messages=',
    'a=1,',
    'a=1, b=2',
    `${SETTINGS},retention.ms=1`,
  ])
    test(`is not made with ${settings}`, () => {
      assert.throws(
        () => load({ ...KAFKA, KAFKA_TOPIC_SETTINGS: settings }),
        /KAFKA_TOPIC_SETTINGS=.* is not usable/,
      );
    });
});
