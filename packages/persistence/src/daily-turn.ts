import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { acquireLease } from './lease.ts';

/** Longer than what is done once a day takes: a copy that died at it keeps the others waiting for so long. */
const TURN_MS = 15 * 60 * 1_000;

/** Who does what is to be done once a day, where there are several copies of a service. */
export interface DailyTurn {
  /** False if it was done that day, or another copy is at it. A copy that dies at it gives its turn up after a while. */
  take(day: string): Promise<boolean>;
  done(day: string): Promise<void>;
}

/** Creates the table of {@link createDailyTurn}, as a step of a migration. */
// biome-ignore lint/suspicious/noExplicitAny: a migration knows tables by name only
export async function createReconciledDays(kysely: Kysely<any>): Promise<void> {
  await kysely.schema
    .createTable('reconciled_days')
    .addColumn('day', 'varchar(10)', (column) => column.primaryKey())
    .addColumn('done_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** The turn of the daily reconciliation: one copy at a time, by a lease; once a day, by a row. */
export function createDailyTurn(database: Database, owner: string, now: () => number): DailyTurn {
  const { kysely } = database;
  const isDone = async (day: string) =>
    (await kysely.selectFrom('reconciled_days').select('day').where('day', '=', day).execute()).length > 0;
  return {
    take: async (day) =>
      !(await isDone(day)) &&
      (await acquireLease(database, 'daily-reconciliation', owner, TURN_MS)) !== undefined &&
      // Another copy may have finished between the first look and the lease.
      !(await isDone(day)),
    done: async (day) => {
      await kysely.insertInto('reconciled_days').values({ day, done_at: now() }).execute();
      await kysely.deleteFrom('reconciled_days').where('day', '<', day).execute();
    },
  };
}
