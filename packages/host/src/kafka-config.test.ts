import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ConfigError, loadConfig } from '@phone82/runtime';
import Type from 'typebox';
import { checkKafkaConfig, kafkaConfig } from './kafka-config.ts';

const BROKERS = { KAFKA_BROKERS: 'kafka:9092' };
const TLS = { KAFKA_TLS: 'true' };
const SASL = {
  KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
  KAFKA_SASL_USERNAME: 'phone82',
  KAFKA_SASL_PASSWORD: 'not-to-be-seen',
};

const check = (env: Record<string, string>) => {
  const config = loadConfig(Type.Object(kafkaConfig), { ...BROKERS, ...env });
  checkKafkaConfig(config);
  return config;
};

const refusals: Record<string, readonly [env: Record<string, string>, sentence: RegExp]> = {
  'a yes that is none': [{ KAFKA_TLS: 'yes' }, /KAFKA_TLS="yes" is not usable/],
  'an authority without TLS': [
    { KAFKA_CA_FILE: '/ca' },
    /KAFKA_CA_FILE means nothing without KAFKA_TLS=true/,
  ],
  'a certificate without its key': [
    { ...TLS, KAFKA_CERT_FILE: '/cert' },
    /KAFKA_KEY_FILE is missing: it goes together with KAFKA_CERT_FILE$/m,
  ],
  'a key without its certificate': [{ ...TLS, KAFKA_KEY_FILE: '/key' }, /KAFKA_CERT_FILE is missing/],
  'a certificate without TLS': [
    { KAFKA_CERT_FILE: '/cert', KAFKA_KEY_FILE: '/key' },
    /KAFKA_CERT_FILE means nothing without KAFKA_TLS=true/,
  ],
  'a user without a password': [
    { ...SASL, KAFKA_SASL_PASSWORD: '' },
    /KAFKA_SASL_PASSWORD is missing: it goes together with KAFKA_SASL_MECHANISM and KAFKA_SASL_USERNAME$/m,
  ],
  'a password alone': [
    { KAFKA_SASL_PASSWORD: 'not-to-be-seen' },
    /KAFKA_SASL_MECHANISM and KAFKA_SASL_USERNAME is missing/,
  ],
  'another mechanism': [
    { ...SASL, KAFKA_SASL_MECHANISM: 'GSSAPI' },
    /KAFKA_SASL_MECHANISM="GSSAPI" is not usable/,
  ],
  'no copies': [{ KAFKA_REPLICATION: '0' }, /KAFKA_REPLICATION="0" is not usable/],
};

describe('how Kafka is come by', () => {
  test('is in the clear and without a name, unless told otherwise', () => {
    const { KAFKA_TLS, KAFKA_SASL_MECHANISM } = check({});
    assert.deepEqual([KAFKA_TLS, KAFKA_SASL_MECHANISM], [false, undefined]);
  });

  test('is by TLS, a certificate of ours, and a user with a password', () => {
    check({ ...TLS, ...SASL, KAFKA_CA_FILE: '/ca', KAFKA_CERT_FILE: '/cert', KAFKA_KEY_FILE: '/key' });
  });

  for (const [what, [env, sentence]] of Object.entries(refusals))
    test(`is not by ${what}`, () => {
      assert.throws(
        () => check(env),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, sentence);
          assert.doesNotMatch(error.message, /not-to-be-seen/);
          return true;
        },
      );
    });
});
