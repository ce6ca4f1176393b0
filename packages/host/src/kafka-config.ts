import { ConfigError } from '@phone82/runtime';
import Type, { type Static } from 'typebox';

const SETTING = '[a-z][a-z.]*=[^\\s,=]+';

const securityConfig = {
  KAFKA_TLS: Type.Boolean({ default: false, description: 'Whether Kafka is spoken to by TLS' }),
  KAFKA_CA_FILE: Type.Optional(
    Type.String({
      description: 'A PEM file of the authority of its certificates; else those that Node trusts',
    }),
  ),
  KAFKA_CERT_FILE: Type.Optional(
    Type.String({ description: 'A PEM file of the certificate that we show to Kafka' }),
  ),
  KAFKA_KEY_FILE: Type.Optional(Type.String({ description: 'A PEM file of the key of that certificate' })),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'], {
      description: 'PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512: how Kafka is told the user and the password',
    }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'Who we are to Kafka' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ writeOnly: true, description: 'Its password' })),
};

/** Where the Kafka is that holds the log, how it is come by, and what a topic is made with that is not there yet. */
export const kafkaConfig = {
  KAFKA_BROKERS: Type.Optional(
    Type.String({
      pattern: '^[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*$',
      description: 'Brokers of the Kafka that holds the log instead: host:port, separated by commas',
    }),
  ),
  ...securityConfig,
  KAFKA_TOPIC_SETTINGS: Type.Optional(
    Type.String({
      pattern: `^(?!.*\\bretention\\.ms=)${SETTING}(,${SETTING})*$`,
      description:
        'Settings of a topic that is not there yet, name=value, separated by commas; how long it is kept is BUS_RETENTION_HOURS',
    }),
  ),
  KAFKA_REPLICATION: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'Copies of each partition of a topic that is not there yet; else as the broker has it',
    }),
  ),
};

export type KafkaConfig = Static<ReturnType<typeof Type.Object<typeof kafkaConfig>>>;

type Key = keyof KafkaConfig;

/** @throws ConfigError that names the keys which do not go together. */
export function checkKafkaConfig(config: KafkaConfig): void {
  const faults = [
    ...allOrNone(config, 'KAFKA_CERT_FILE', 'KAFKA_KEY_FILE'),
    ...allOrNone(config, 'KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'),
    ...(['KAFKA_CA_FILE', 'KAFKA_CERT_FILE'] as const)
      .filter((key) => config[key] !== undefined && !config.KAFKA_TLS)
      .map((key) => `${key} means nothing without KAFKA_TLS=true: set both, or none`),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
}

function allOrNone(config: KafkaConfig, ...keys: readonly Key[]): string[] {
  const missing = keys.filter((key) => config[key] === undefined);
  if (missing.length === 0 || missing.length === keys.length) return [];
  const others = keys.filter((key) => !missing.includes(key));
  return [`${missing.join(' and ')} is missing: it goes together with ${others.join(' and ')}`];
}

/** `min.insync.replicas=2,flush.messages=1` as names and values. */
export const topicSettingsIn = (text = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((setting) => setting.split('=')),
  );
