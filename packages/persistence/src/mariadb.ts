import type { EventEmitter } from 'node:events';
import { Kysely, MysqlDialect, type MysqlPool, type MysqlPoolConnection, sql } from 'kysely';
import type { Pool, PoolConnection } from 'mariadb/callback';
import { neverObtained } from './certain-failure.ts';
import type { Database } from './database.ts';
import { isFatal, isLostPrimary } from './infrastructure-error.ts';
import { type MariadbOptions, mariadbPoolOptions } from './mariadb-pool-options.ts';
import { namePrepared } from './prepared-statements.ts';

const MAX_LIFETIME_MS = 600_000;
/** Three bytes each, they stay below 16 MB, which is the most that MariaDB takes at once unless told otherwise. */
const MOST_CHARACTERS = 5_000_000;

/** A MariaDB database behind a pool. 64-bit integers come back as numbers. */
export function openMariadb(options: MariadbOptions): Database {
  const pool = async () => {
    // Loaded only where it is used: most processes have another database.
    const { createPool } = await import('mariadb/callback');
    return evictingPool(createPool(mariadbPoolOptions(options)));
  };
  const kysely = new Kysely({ dialect: new MysqlDialect({ pool }) });
  return {
    kysely,
    dialect: 'mariadb',
    ping: async () => {
      await sql`select 1`.execute(kysely);
    },
    close: () => kysely.destroy(),
  };
}

/** Gives up connections that broke, that lead to a server which takes no writes, or that lived their time. */
function evictingPool(pool: Pool): MysqlPool {
  // A connection that could not be made must not end the process: whoever waits for one is told.
  (pool as unknown as EventEmitter).on('error', () => undefined);
  const bornAt = new WeakMap<object, number>();
  const isPrepared = namePrepared();
  return {
    end: (done) => pool.end(done),
    getConnection: (done) =>
      pool.getConnection((error, connection) => {
        if (error || !connection) return done(neverObtained(error), undefined as never);
        const life = connection.info ?? connection;
        const born = bornAt.get(life) ?? Date.now();
        bornAt.set(life, born);
        done(null, evictingConnection(connection, { diesAt: born + MAX_LIFETIME_MS, isPrepared }));
      }),
  };
}

type Query = (sql: string, values: readonly unknown[], done: (error: unknown, result: never) => void) => void;

function evictingConnection(
  connection: PoolConnection,
  { diesAt, isPrepared }: { diesAt: number; isPrepared: (text: string) => unknown },
): MysqlPoolConnection {
  let broken = false;
  const query: Query = (text, values, done) => {
    const told = (error: unknown, result?: unknown) => {
      broken ||= Boolean(error) && (isFatal(error) || isLostPrimary(error));
      done(error, result as never);
    };
    // The server would just break the connection off, which looks like trouble that passes.
    if (charactersIn(values) > MOST_CHARACTERS)
      return done(new RangeError('the statement is larger than the database takes'), undefined as never);
    if (values.length > 0 && isPrepared(text)) connection.execute(text, [...values], told);
    else connection.query(text, [...values], told);
  };
  return {
    threadId: connection.threadId ?? 0,
    config: {},
    connect: (done) => done?.(null),
    destroy: () => connection.destroy(),
    query: query as unknown as MysqlPoolConnection['query'],
    release: () => {
      if (broken || Date.now() > diesAt) connection.destroy();
      else connection.release(() => undefined);
    },
  };
}

const charactersIn = (values: readonly unknown[]) =>
  values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
