import type { Database } from './database.ts';
import { platformTables } from './platform-tables.ts';
import type { Page } from './queries.ts';
import { deadLetterOf } from './sql-dead-letters.ts';
import type { DeadLetter } from './unit-of-work.ts';

/** Reads the dead letters of a service, parked ones included. */
export interface DeadLetterReader {
  find(messageId: string): Promise<DeadLetter | undefined>;
  /** Oldest first. */
  list(request: { readonly page: number; readonly size: number }): Promise<Page<DeadLetter>>;
}

/** How many dead letters there are, by state. */
export async function countDeadLetters(
  database: Database,
): Promise<Readonly<Record<DeadLetter['state'], number>>> {
  const rows = await platformTables(database)
    .selectFrom('dead_letters')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return { dead: counts.get('dead') ?? 0, parked: counts.get('parked') ?? 0 };
}

export function createDeadLetterReader(database: Database): DeadLetterReader {
  const tables = platformTables(database);
  return {
    find: async (messageId) => {
      const row = await tables
        .selectFrom('dead_letters')
        .selectAll()
        .where('message_id', '=', messageId)
        .executeTakeFirst();
      return row && deadLetterOf(row);
    },
    list: async ({ page, size }) => {
      const rows = await tables
        .selectFrom('dead_letters')
        .selectAll()
        .orderBy('seq')
        .limit(size)
        .offset(page * size)
        .execute();
      const { total } = await tables
        .selectFrom('dead_letters')
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      return { items: rows.map(deadLetterOf), totalElements: Number(total) };
    },
  };
}
