import type { Database } from '@phone82/persistence';
import type { Environment, JobOptions } from '@phone82/runtime';
import { sql } from 'kysely';
import type { SessionMetrics } from './session-metrics.ts';

const EVERY_MS = 60_000;
const ROWS_PER_BATCH = 1_000;

/** Deletes sessions that nobody uses any more and logout tokens that can't come again, in batches. */
export function purgeSessions(
  { kysely }: Database,
  environment: Pick<Environment, 'now'>,
  { idleMs, metrics }: { readonly idleMs: number; readonly metrics: SessionMetrics },
): JobOptions {
  return {
    name: 'purge-sessions',
    everyMs: EVERY_MS,
    run: async () => {
      const now = environment.now();
      // An ended session is not used any more, so it is idle some time after it expired.
      const { numAffectedRows: sessions = 0n } = await sql`
        delete from sessions where id_hash in
          (select id_hash from sessions where last_used_at <= ${now - idleMs} limit ${sql.lit(ROWS_PER_BATCH)})
      `.execute(kysely);
      const { numAffectedRows: tokens = 0n } = await sql`
        delete from logout_tokens where jti_hash in
          (select jti_hash from logout_tokens where expires_at <= ${now} limit ${sql.lit(ROWS_PER_BATCH)})
      `.execute(kysely);
      metrics.ended('idle', Number(sessions));
      return sessions + tokens >= ROWS_PER_BATCH ? 'more' : 'done';
    },
  };
}
