import { acquireLease, type Database } from '@phone82/persistence';
import type { DailyTurn } from '../usecases/reconciliation-ports.ts';

/** Longer than a reconciliation takes: a copy that died at it keeps the others waiting for so long. */
const TURN_MS = 15 * 60 * 1_000;

/** One copy at a time, by a lease; once a day, by a row. */
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
