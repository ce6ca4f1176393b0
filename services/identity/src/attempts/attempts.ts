import { createHash } from 'node:crypto';
import type { Environment } from '@phone82/runtime';
import { sql } from 'kysely';
import type { IdentityDatabase } from '../tables.ts';

const WINDOW_MS = 15 * 60_000;
const PER_ACCOUNT = 5;
const PER_ADDRESS = 30;

/** Sign-in attempts with a password, limited for each account and each address. */
export interface Attempts {
  /** Counts an attempt. Milliseconds to wait if there were too many. */
  count(account: string, address: string): Promise<number | undefined>;
  /** Forgets the attempts at an account, after a right password. */
  clear(account: string): Promise<void>;
}

export function openAttempts(database: IdentityDatabase, { now }: Pick<Environment, 'now'>): Attempts {
  const countOne = async (key: string, allowed: number): Promise<number> => {
    const { count, window_ends_at: endsAt } = await countInWindow(database, key, now());
    return count > allowed ? endsAt - now() : 0;
  };
  return {
    count: async (account, address) => {
      // The address first: a refused address adds no row for each user name that it tries.
      const waitMs =
        (await countOne(`address ${isLoopback(address) ? 'loopback' : address}`, PER_ADDRESS)) ||
        (await countOne(accountKey(account), PER_ACCOUNT));
      return waitMs > 0 ? waitMs : undefined;
    },
    clear: async (account) => {
      await database.deleteFrom('sign_in_attempts').where('key', '=', accountKey(account)).execute();
    },
  };
}

/** One statement, so that attempts at the same moment are all counted. */
const countInWindow = (database: IdentityDatabase, key: string, now: number) =>
  database
    .insertInto('sign_in_attempts')
    .values({ key, count: 1, window_ends_at: now + WINDOW_MS })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql<number>`case when sign_in_attempts.window_ends_at <= ${now} then 1 else sign_in_attempts.count + 1 end`,
        window_ends_at: sql<number>`case when sign_in_attempts.window_ends_at <= ${now} then ${now + WINDOW_MS} else sign_in_attempts.window_ends_at end`,
      }),
    )
    .returning(['count', 'window_ends_at'])
    .executeTakeFirstOrThrow();

/** This machine has 16 million addresses, which are one. */
const isLoopback = (address: string) => /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(address);

/** A hash, for a user name can have any length. */
const accountKey = (account: string) => `account ${createHash('sha256').update(account).digest('hex')}`;
