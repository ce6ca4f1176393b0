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
  /** How long a consumer that says nothing keeps its partitions. Default 6 s, the least that brokers allow unless told. */
  readonly sessionMs?: number;
}

export type ResolvedKafkaOptions = Required<KafkaBusOptions>;

const FOR_EVER = -1;

export const resolved = (options: KafkaBusOptions): ResolvedKafkaOptions => ({
  topic: TOPIC,
  partitions: 8,
  sessionMs: 6_000,
  ...options,
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
