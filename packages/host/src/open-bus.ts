import { createPostgresBus, type EventBus, openKafkaBus } from '@phone82/messaging';
import type { Environment, Log } from '@phone82/runtime';
import Type, { type TObject } from 'typebox';
import { topicSettingsIn } from './kafka-config.ts';
import type { HostConfig } from './service-definition.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The log that the configuration names: Kafka's if it names brokers, else the embedded one. */
export async function openBus(
  config: HostConfig,
  base: { readonly environment: Environment; readonly log: Log },
): Promise<EventBus> {
  const { KAFKA_BROKERS, BUS_URL, BUS_RETENTION_HOURS, BUS_PARTITIONS: partitions } = config;
  const retentionMs = BUS_RETENTION_HOURS > 0 ? BUS_RETENTION_HOURS * HOUR_MS : undefined;
  if (!KAFKA_BROKERS) return createPostgresBus({ ...base, url: BUS_URL, retentionMs, partitions });
  return openKafkaBus({
    ...base,
    brokers: KAFKA_BROKERS.split(','),
    retentionMs,
    partitions,
    topicSettings: topicSettingsIn(config.KAFKA_TOPIC_SETTINGS),
  });
}

/** Where there is Kafka, the database of the embedded log need not be named. */
export function withEitherBus<Schema extends TObject>(schema: Schema, env: NodeJS.ProcessEnv): TObject {
  const { BUS_URL, ...others } = schema.properties;
  if (!env.KAFKA_BROKERS || !BUS_URL) return schema;
  return Type.Object({ ...others, BUS_URL: Type.Optional(BUS_URL) });
}
