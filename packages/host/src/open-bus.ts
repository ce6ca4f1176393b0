import { createPostgresBus, type EventBus, openKafkaBus } from '@phone82/messaging';
import type { Environment, Log } from '@phone82/runtime';
import Type, { type TObject } from 'typebox';
import { checkKafkaConfig, topicSettingsIn } from './kafka-config.ts';
import { kafkaSecurity } from './kafka-security.ts';
import type { HostConfig } from './service-definition.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * The log that the configuration names: Kafka's if it names brokers, else the embedded one.
 * @throws ConfigError where what it says of Kafka does not go together, or names a file that is not usable.
 */
export async function openBus(
  config: HostConfig,
  base: { readonly environment: Environment; readonly log: Log },
): Promise<EventBus> {
  const { KAFKA_BROKERS, BUS_URL, BUS_RETENTION_HOURS, BUS_PARTITIONS: partitions } = config;
  const retentionMs = BUS_RETENTION_HOURS > 0 ? BUS_RETENTION_HOURS * HOUR_MS : undefined;
  if (!KAFKA_BROKERS) return createPostgresBus({ ...base, url: BUS_URL, retentionMs, partitions });
  checkKafkaConfig(config);
  return openKafkaBus({
    ...base,
    ...(await kafkaSecurity(config)),
    brokers: KAFKA_BROKERS.split(','),
    retentionMs,
    partitions,
    topicSettings: topicSettingsIn(config.KAFKA_TOPIC_SETTINGS),
    replication: config.KAFKA_REPLICATION,
  });
}

/** Where there is Kafka, the database of the embedded log need not be named. */
export function withEitherBus<Schema extends TObject>(schema: Schema, env: NodeJS.ProcessEnv): TObject {
  const { BUS_URL, ...others } = schema.properties;
  if (!env.KAFKA_BROKERS || !BUS_URL) return schema;
  return Type.Object({ ...others, BUS_URL: Type.Optional(BUS_URL) });
}
