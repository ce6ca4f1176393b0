import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import { acquireLease, type Lease, releaseLease, renewLease } from './lease.ts';
import type { Outbox, OutboxEntry, OutboxTurn, WaitingEvent } from './outbox.ts';
import { platformTables } from './platform-tables.ts';
import { slices } from './sql-records.ts';

const LEASE = 'outbox';
/** While the log is away the outbox grows: its length is looked at often, and need not be exact. */
const MOST_COUNTED = 10_000;

export const outboxRow = ({ messageId, orderId, eventType, record, createdAt }: OutboxEntry) => ({
  message_id: messageId,
  order_id: orderId,
  event_type: eventType,
  payload: record.value,
  headers: JSON.stringify(record.headers),
  created_at: createdAt,
});

export async function insertEvents(
  kysely: Database['kysely'],
  events: readonly OutboxEntry[],
): Promise<void> {
  for (const slice of slices(events)) {
    await platformTables({ kysely }).insertInto('outbox').values(slice.map(outboxRow)).execute();
  }
}

/** The outbox of a service's SQL database. One process at a time has the turn, by a lease on the database's clock. */
export function createOutbox(database: Database): Outbox {
  const tables = platformTables(database);
  return {
    takeTurn: async (owner, ttlMs) => {
      const lease = await acquireLease(database, LEASE, owner, ttlMs);
      return lease && turnOf(database, lease, ttlMs);
    },
    backlog: async () => {
      const oldest = await tables
        .selectFrom('outbox')
        .select('created_at')
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      if (!oldest) return { depth: 0, oldestCreatedAt: undefined };
      const { depth } = await tables
        .selectFrom((query) => query.selectFrom('outbox').select('seq').limit(MOST_COUNTED).as('waiting'))
        .select(({ fn }) => fn.countAll<number>().as('depth'))
        .executeTakeFirstOrThrow();
      return { depth: Number(depth), oldestCreatedAt: oldest.created_at };
    },
  };
}

function turnOf(database: Database, lease: Lease, ttlMs: number): OutboxTurn {
  const tables = platformTables(database);
  return {
    // By state, never by "greater than the last number": a transaction that commits late has a small number.
    next: async (limit) => {
      const rows = await tables.selectFrom('outbox').selectAll().orderBy('seq').limit(limit).execute();
      return rows.map(waitingEvent);
    },
    remove: async (events) => {
      const { numDeletedRows } = await tables
        .deleteFrom('outbox')
        .where(
          'seq',
          'in',
          events.map(({ seq }) => seq),
        )
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('leases')
              .select('name')
              .where('name', '=', LEASE)
              .where('token', '=', lease.token)
              .where('owner', '=', lease.owner)
              .where('expires_at', '>', sqlDialect(database.dialect).clock),
          ),
        )
        .executeTakeFirst();
      return Number(numDeletedRows) > 0;
    },
    renew: () => renewLease(database, lease, ttlMs),
    release: () => releaseLease(database, lease),
  };
}

function waitingEvent(row: {
  seq: number;
  order_id: number;
  payload: string;
  headers: string;
  created_at: number;
}): WaitingEvent {
  const headers = JSON.parse(row.headers) as Record<string, string>;
  return {
    seq: row.seq,
    createdAt: row.created_at,
    record: { key: String(row.order_id), value: row.payload, headers },
  };
}
