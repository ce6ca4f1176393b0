import type { WireRecord } from '@phone82/contracts';
import { createPool } from '@phone82/persistence';
import { type Environment, type Job, type Log, startJob } from '@phone82/runtime';
import type { Pool } from 'pg';
import type { EventBus, GroupLag, SubscribeOptions, Subscription } from './event-bus.ts';
import { ensureBusSchema } from './postgres-bus-schema.ts';
import { deleteGroup, groupLag } from './postgres-lag.ts';
import { PostgresPublisher } from './postgres-publisher.ts';
import { forgetOldRecords } from './postgres-retention.ts';
import { openSignal, type PostgresSignal } from './postgres-signal.ts';
import { PostgresSubscription } from './postgres-subscription.ts';

export interface PostgresBusOptions {
  readonly url: string;
  readonly environment: Environment;
  readonly log: Log;
  /** Of a log that is not there yet; one that is keeps its number. Default 8. */
  readonly partitions?: number;
  /** How long records are kept. Default: for ever. */
  readonly retentionMs?: number;
  /** How often consumers look for records without a hint. Default 250 ms. */
  readonly pollMs?: number;
  /** How long a consumer that says nothing keeps its partitions. Default 4 s. */
  readonly leaseMs?: number;
  /** Connections, beside one for hints. Default 4. */
  readonly poolSize?: number;
}

const RETENTION_EVERY_MS = 60_000;
const STATEMENT_TIMEOUT_MS = 5_000;

/**
 * A durable, partitioned log in a PostgreSQL database, in the schema `bus`, which is created when it is not there.
 * Nothing is connected before it is needed, and connections are made again whenever they break.
 */
export function createPostgresBus(options: PostgresBusOptions): EventBus {
  return new PostgresBus(options);
}

class PostgresBus implements EventBus {
  readonly #options: PostgresBusOptions;
  readonly #pool: Pool;
  readonly #signal: PostgresSignal;
  readonly #partitions: () => Promise<number>;
  readonly #publisher: PostgresPublisher;
  readonly #subscriptions = new Set<Subscription>();
  readonly #retention: Job | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: PostgresBusOptions) {
    const { url, environment, log, poolSize = 4 } = options;
    this.#options = options;
    const statementTimeoutMs = STATEMENT_TIMEOUT_MS;
    const pool = createPool({ url, name: 'phone82 bus', poolSize, statementTimeoutMs });
    this.#pool = pool;
    this.#signal = openSignal({ url, environment, log });
    this.#partitions = rememberSuccess(() => ensureBusSchema(pool, options.partitions ?? 8));
    this.#publisher = new PostgresPublisher({
      pool,
      partitions: this.#partitions,
      firstUnkeyed: Math.floor(environment.random() * 1_000),
      onPublished: () => this.#signal.send('records'),
    });
    this.#retention = startRetention(options, pool, this.#partitions);
  }

  publish(records: readonly WireRecord[]): Promise<void> {
    return this.#publisher.publish(records);
  }

  async subscribe(subscribed: SubscribeOptions): Promise<Subscription> {
    const { environment, log, pollMs = 250, leaseMs = 4_000 } = this.#options;
    const [pool, signal, partitions] = [this.#pool, this.#signal, this.#partitions];
    const member = new PostgresSubscription(subscribed, {
      pool,
      signal,
      partitions,
      environment,
      log,
      pollMs,
      leaseMs,
    });
    const subscription = {
      stop: async () => {
        if (this.#subscriptions.delete(subscription)) await member.stop();
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async lag(group: string): Promise<GroupLag> {
    await this.#partitions();
    return groupLag(this.#pool, group);
  }

  async deleteGroup(group: string): Promise<void> {
    await this.#partitions();
    await deleteGroup(this.#pool, group);
  }

  async ping(): Promise<void> {
    await this.#partitions();
    await this.#pool.query('select 1');
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#subscriptions].map(({ stop }) => stop()));
    await this.#publisher.idle();
    await this.#retention?.stop();
    await this.#signal.close();
    await this.#pool.end();
  }
}

function startRetention(
  { retentionMs, environment, log }: PostgresBusOptions,
  pool: Pool,
  partitions: () => Promise<number>,
): Job | undefined {
  if (retentionMs === undefined) return undefined;
  const run = async () =>
    (await forgetOldRecords(pool, await partitions(), retentionMs)) ? ('more' as const) : ('done' as const);
  return startJob({ name: 'bus retention', everyMs: RETENTION_EVERY_MS, run }, environment, log);
}

/** Does it once; a failure is forgotten, so that the next caller tries again. */
function rememberSuccess<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= work().catch((error) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
