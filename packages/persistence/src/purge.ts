import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Environment } from '@phone82/runtime';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';

const HOUR_MS = 60 * 60 * 1000;
const ROWS_PER_SLICE = 1_000;

export interface PurgeOptions {
  /** How long a handled message is remembered: at least as long as the log could deliver it again. Default 14 days. */
  readonly inboxOlderThanMs?: number;
  /** How long an idempotency key is remembered. Default 24 hours. */
  readonly idempotencyOlderThanMs?: number;
  /** How long the dead letters of an order wait for a person, from the newest of them on. Default 365 days. */
  readonly deadLettersOlderThanMs?: number;
}

export interface Purged {
  readonly inbox: number;
  readonly idempotencyKeys: number;
  readonly deadLetters: number;
}

/** Forgets handled messages, idempotency keys and dead letters after their time, in small slices. Returns how many of each. */
export async function purge(
  database: Database,
  environment: Environment,
  options: PurgeOptions = {},
): Promise<Purged> {
  const { inboxOlderThanMs = 14 * 24 * HOUR_MS, idempotencyOlderThanMs = 24 * HOUR_MS } = options;
  const { deadLettersOlderThanMs = 365 * 24 * HOUR_MS } = options;
  const now = environment.now();
  const { deleteSome } = sqlDialect(database.dialect);
  const limit = ROWS_PER_SLICE;
  const old = sql`handled_at < ${now - inboxOlderThanMs}`;
  const oldKeys = sql`created_at < ${now - idempotencyOlderThanMs}`;
  return {
    inbox: await inSlices(database, deleteSome('inbox', 'message_id', { where: old, limit })),
    idempotencyKeys: await inSlices(
      database,
      deleteSome('idempotency_keys', 'key', { where: oldKeys, limit }),
    ),
    deadLetters: await inSlices(database, forgottenLetters(now - deadLettersOlderThanMs)),
  };
}

/** What waits behind a dead letter goes with it: alone, it would have overtaken what it waits for. */
const forgottenLetters = (before: number) => sql`
  delete from dead_letters where message_id in (select message_id from
    (select message_id from dead_letters as letter where created_at < ${before} and not exists
      (select 1 from dead_letters as younger
        where younger.order_id = letter.order_id and younger.created_at >= ${before})
      order by seq desc limit ${sql.lit(ROWS_PER_SLICE)}) as forgotten)`;

async function inSlices(database: Database, deletion: RawBuilder<unknown>): Promise<number> {
  for (let total = 0; ; ) {
    const { numAffectedRows = 0n } = await deletion.execute(database.kysely);
    total += Number(numAffectedRows);
    if (numAffectedRows < ROWS_PER_SLICE) return total;
    // SQLite answers at once: without a turn for the others a large purge would keep every request waiting.
    await nextTurn();
  }
}
