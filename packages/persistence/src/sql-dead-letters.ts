import type { Database } from './database.ts';
import { deadLetterRow } from './dead-letter-row.ts';
import type { SqlDialect } from './dialects/sql-dialect.ts';
import { platformTables } from './platform-tables.ts';
import { slices } from './sql-records.ts';
import type { DeadLetter } from './unit-of-work.ts';

type Kysely = Database['kysely'];

/** Of letters as long as they may be, so many stay below what MariaDB takes at once. */
const LETTERS_PER_STATEMENT = 50;

/**
 * The letters found stay locked: whoever parks a message behind them and whoever works them off take turns,
 * so no message is parked behind a letter that is just being removed.
 */
export async function ordersWithDeadLetters(
  kysely: Kysely,
  { lock }: Pick<SqlDialect, 'lock'>,
  orderIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const query = platformTables({ kysely })
    .selectFrom('dead_letters')
    .select('order_id')
    .where('order_id', 'in', [...orderIds])
    .orderBy('seq');
  const rows = await (lock ? query.modifyEnd(lock.share) : query).execute();
  return new Set(rows.map(({ order_id }) => order_id as number));
}

export async function lockDeadLetters(
  kysely: Kysely,
  { lock }: Pick<SqlDialect, 'lock'>,
  { messageId, orderId }: Pick<DeadLetter, 'messageId' | 'orderId'>,
): Promise<readonly DeadLetter[]> {
  const all = platformTables({ kysely }).selectFrom('dead_letters').selectAll().orderBy('seq');
  const query =
    orderId === null ? all.where('message_id', '=', messageId) : all.where('order_id', '=', orderId);
  if (lock) await query.modifyEnd(lock.update).execute();
  // Read again: a message may have been parked while the lock was waited for.
  return (await query.execute()).map(deadLetterOf);
}

export async function insertDeadLetters(
  kysely: Kysely,
  differences: SqlDialect,
  letters: readonly DeadLetter[],
  now: number,
): Promise<void> {
  const key = ['message_id'];
  for (const slice of slices(letters, LETTERS_PER_STATEMENT)) {
    const rows = slice.map((letter) => deadLetterRow(letter, now));
    await differences.insertOrUpdate(kysely, 'dead_letters', { key, rows, update: ['reason', 'state'] });
  }
}

export async function removeDeadLetters(kysely: Kysely, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await platformTables({ kysely })
    .deleteFrom('dead_letters')
    .where('message_id', 'in', [...messageIds])
    .execute();
}

export function deadLetterOf(row: {
  message_id: string;
  order_id: number | null;
  event_type: string;
  record: string;
  reason: string;
  state: 'dead' | 'parked';
}): DeadLetter {
  return {
    messageId: row.message_id,
    orderId: row.order_id,
    eventType: row.event_type,
    record: row.record,
    reason: row.reason,
    state: row.state,
  };
}
