import { TOPIC } from '@phone82/contracts';
import type { Environment, Log } from '@phone82/runtime';

export interface KafkaBusOptions {
  /** Where to begin to look for the cluster: `host:port`. */
  readonly brokers: readonly string[];
  readonly environment: Environment;
  readonly log: Log;
  /** Default `phoneseller`; tests that share a broker each have one of their own. */
  readonly topic?: string;
  /** Of a topic that is not there yet; one that is keeps its number. Default 8. */
  readonly partitions?: number;
  /** How long the records of a topic that is not there yet are kept. Default: for ever. */
  readonly retentionMs?: number;
  /** Further settings of a topic that is not there yet, by Kafka's names: `min.insync.replicas`, `2`. Default none. */
  readonly topicSettings?: Readonly<Record<string, string>>;
  /** Copies of each partition of a topic that is not there yet. Default: what the broker gives a topic. */
  readonly replication?: number | undefined;
  /** How long a consumer that says nothing keeps its partitions. Default 6 s, the least that brokers allow unless told. */
  readonly sessionMs?: number;
}

export type ResolvedKafkaOptions = Required<KafkaBusOptions>;

const FOR_EVER = -1;
const AS_THE_BROKER_HAS_IT = -1;

export const resolved = (options: KafkaBusOptions): ResolvedKafkaOptions => ({
  topic: TOPIC,
  partitions: 8,
  sessionMs: 6_000,
  topicSettings: {},
  ...options,
  replication: options.replication ?? AS_THE_BROKER_HAS_IT,
  retentionMs: options.retentionMs ?? FOR_EVER,
});

/** What every client of the library is opened with: it gives up early, for whoever uses it tries again for ever. */
export const clientOptions = ({ brokers }: Pick<KafkaBusOptions, 'brokers'>) => ({
  clientId: 'phone82',
  bootstrapBrokers: [...brokers],
  connectTimeout: 2_000,
  requestTimeout: 5_000,
  retries: 0,
  autocreateTopics: false,
});
