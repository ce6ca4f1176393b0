import { createPool } from '@phone82/persistence';
import { type Environment, type Job, type Log, startJob } from '@phone82/runtime';
import type { Pool } from 'pg';
import type { EventBus } from './event-bus.ts';
import { createLeasedBus } from './leased-bus.ts';
import type { LogServer } from './log-server.ts';
import { appendRecords } from './postgres-append.ts';
import { ensureBusSchema } from './postgres-bus-schema.ts';
import { fetchRecords } from './postgres-fetch.ts';
import { postgresGroup } from './postgres-group.ts';
import { committedBy, moveGroup, stretchesOf } from './postgres-history.ts';
import { deleteGroup, groupLag } from './postgres-lag.ts';
import { forgetOldRecords } from './postgres-retention.ts';
import { openSignal } from './postgres-signal.ts';
import { rememberSuccess } from './remember-success.ts';

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
  /** Connections, beside one for hints. Default 3. */
  readonly poolSize?: number;
}

const RETENTION_EVERY_MS = 60_000;
const STATEMENT_TIMEOUT_MS = 5_000;

/**
 * A durable, partitioned log in a PostgreSQL database, in the schema `bus`, which is created when it is not there.
 * Nothing is connected before it is needed, and connections are made again whenever they break.
 */
export function createPostgresBus(options: PostgresBusOptions): EventBus {
  return createLeasedBus({ ...options, server: postgresLogServer(options), signal: openSignal(options) });
}

function postgresLogServer(options: PostgresBusOptions): LogServer {
  const { url, poolSize = 3 } = options;
  const statementTimeoutMs = STATEMENT_TIMEOUT_MS;
  const pool = createPool({ url, name: 'phone82 bus', poolSize, statementTimeoutMs });
  const partitions = rememberSuccess(() => ensureBusSchema(pool, options.partitions ?? 8));
  const retention = startRetention(options, pool, partitions);
  return {
    partitions,
    append: (records) => appendRecords(pool, records),
    fetch: (places, limit, types) => fetchRecords(pool, places, limit, types),
    membership: (group, member) => postgresGroup(pool, group, member),
    lag: (group) => groupLag(pool, group),
    deleteGroup: (group) => deleteGroup(pool, group),
    stretches: (sinceMs) => stretchesOf(pool, sinceMs),
    committed: (group) => committedBy(pool, group),
    moveGroup: (group, offsets) => moveGroup(pool, group, offsets),
    ping: async () => void (await pool.query('select 1')),
    close: async () => {
      await retention?.stop();
      await pool.end();
    },
  };
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
