import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import { neverObtained } from './certain-failure.ts';
import type { Database } from './database.ts';
import { isLostPrimary, isServerError } from './infrastructure-error.ts';
import { namePrepared } from './prepared-statements.ts';

const INT8_OID = 20;
const MAX_LIFETIME_S = 600;
const REPLY_PATIENCE_MS = 5_000;
/**
 * All that is asked has an index. A table that is new looks small to the planner, and a plan that reads all of it would be kept while
 * it grows: seen as half of a core.
 */
const BY_INDEX = '-c enable_seqscan=off';

export interface PostgresOptions {
  readonly url: string;
  /** Shown by the server as the connection's application. Default `phone82`. */
  readonly name?: string;
  /** Default 10. */
  readonly poolSize?: number;
  /** Default 15 s. */
  readonly statementTimeoutMs?: number;
}

/** A PostgreSQL database behind a pool. 64-bit integers come back as numbers. */
export function openPostgres(options: PostgresOptions): Database {
  const pool = createPool(options);
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool: evictingPool(pool) }) });
  return {
    kysely,
    dialect: 'postgres',
    ping: async () => {
      await sql`select 1`.execute(kysely);
    },
    close: () => kysely.destroy(),
  };
}

/** A plain pool with the settings that every connection to PostgreSQL gets. */
export function createPool(options: PostgresOptions): pg.Pool {
  const { url, name = 'phone82', poolSize = 10, statementTimeoutMs = 15_000 } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: poolSize,
    maxLifetimeSeconds: MAX_LIFETIME_S,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + REPLY_PATIENCE_MS,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    types: { getTypeParser },
    options: BY_INDEX,
  });
  // A connection that breaks while idle or between two queries must not end the process: the next query reports it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;

/**
 * Gives up connections that broke, and those to a server that is no longer the primary, which would fail
 * every write for as long as they live.
 */
function evictingPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  const nameOf = namePrepared();
  return {
    options: pool.options as PostgresPool['options'],
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch((error) => {
        throw neverObtained(error);
      });
      const wrapped = known.get(client) ?? evictingClient(client, nameOf);
      known.set(client, wrapped);
      return wrapped;
    },
  };
}

function evictingClient(
  client: pg.PoolClient,
  nameOf: (text: string) => string | undefined,
): PostgresPoolClient {
  let broken = false;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      const name = values?.length > 0 ? nameOf(text) : undefined;
      return await client.query({ text, values: values as unknown[], ...(name && { name }) });
    } catch (error) {
      broken ||= isLostPrimary(error) || !isServerError(error);
      throw error;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy?: boolean) => client.release(destroy || broken),
  };
}
