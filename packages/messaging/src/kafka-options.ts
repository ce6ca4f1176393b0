import { isIP } from 'node:net';
import { TOPIC } from '@phone82/contracts';
import './kafka-connections.ts';
import type { Environment, Log } from '@phone82/runtime';

/** How a client makes sure of the brokers, and they of it. */
export interface KafkaSecurity {
  /** Without it nothing is encrypted. Whatever is not named here is the system's, or not there. All as PEM. */
  readonly tls?: KafkaTls | undefined;
  readonly sasl?: KafkaSasl | undefined;
}

export interface KafkaTls {
  /** The authority of the brokers' certificates. Default: those that Node trusts. */
  readonly ca?: string | undefined;
  /** What the client proves itself with, where brokers ask for it. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface KafkaSasl {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly username: string;
  readonly password: string;
}

export interface KafkaBusOptions extends KafkaSecurity {
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

export type ResolvedKafkaOptions = Required<Omit<KafkaBusOptions, keyof KafkaSecurity>> & KafkaSecurity;

const CONNECT_MS = 2_000;
/** Seven ways there and back, and some computing. */
const SECURE_CONNECT_MS = 5_000;
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
export const clientOptions = ({ brokers, tls, sasl }: Pick<KafkaBusOptions, 'brokers'> & KafkaSecurity) => ({
  clientId: 'phone82',
  bootstrapBrokers: [...brokers],
  ...(tls && { tls: { ...tls }, tlsServerName: brokers.every(isNamed) }),
  // A function, so that nothing which prints a client's options prints the password.
  ...(sasl && { sasl: { ...sasl, password: () => sasl.password } }),
  connectTimeout: tls || sasl ? SECURE_CONNECT_MS : CONNECT_MS,
  requestTimeout: 5_000,
  retries: 0,
  autocreateTopics: false,
});

/** Whether a broker can be told by which name it is looked for, which what stands before several needs to know. An address is no name. */
const isNamed = (broker: string) =>
  isIP(broker.slice(0, broker.lastIndexOf(':')).replace(/^\[|\]$/g, '')) === 0;
