import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { topology } from '../topology.ts';
import { type KafkaServer, kafkaSettings } from './kafka.ts';

const FLUSHED = { KAFKA_BROKERS: '127.0.0.1:8079', KAFKA_TOPIC_SETTINGS: 'flush.messages=1' };
const FAR = { KAFKA_BROKERS: 'far:9092', KAFKA_TOPIC_SETTINGS: 'min.insync.replicas=2', OTHER: 'thing' };
const own: KafkaServer = {
  name: 'kafka',
  port: 8079,
  launch: () => assert.fail(),
  settings: () => FLUSHED,
};

describe('what services are told of Kafka', () => {
  const system = { root: '/', home: '/data', portOffset: 0, topology, environment: FAR };

  test('its own one keeps each event before it says yes, whatever the environment says of another', () => {
    assert.deepEqual(kafkaSettings(system, { bus: 'kafka' }, own), FLUSHED);
  });

  test('of one that was named its brokers; the rest is in the environment', () => {
    const settings = kafkaSettings(system, { bus: 'kafka', brokers: 'named:9092' }, undefined);
    assert.deepEqual(settings, { KAFKA_BROKERS: 'named:9092' });
  });

  test('that there is none, where the log is in PostgreSQL', () => {
    const settings = kafkaSettings(system, { bus: 'embedded' }, undefined);
    assert.deepEqual(settings, { KAFKA_BROKERS: '', KAFKA_TOPIC_SETTINGS: '' });
  });
});
