import type { Database } from '@phone82/persistence';
import type { Log } from '@phone82/runtime';
import { sql } from 'kysely';
import type { OrderNumbers } from '../usecases/ports.ts';

/** Orders are numbered under a shared lock with this key, and the sequence is raised under an exclusive one: a raise takes back no number. */
export const NUMBERING_LOCK = 8_200_024;

/** Raises the sequence of the table `orders`; what the table itself holds counts as well. */
export function createOrderNumbers({ kysely }: Database, log: Pick<Log, 'info'>): OrderNumbers['raiseAbove'] {
  return async (id) => {
    const raised = await kysely.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(NUMBERING_LOCK)})`.execute(transaction);
      const { rows } = await sql<{ id: number }>`
        with numbers as (
          select pg_get_serial_sequence('orders', 'id')::regclass as sequence,
            greatest(${id}::bigint, (select max(id) from orders)) as id
        )
        select setval(sequence, id) as id from numbers
        where id > coalesce(pg_sequence_last_value(sequence), 0)`.execute(transaction);
      return rows[0]?.id;
    });
    if (raised !== undefined)
      log.info({ above: raised }, 'orders are numbered above the ids in use elsewhere');
  };
}
