import type { Generated, Kysely } from 'kysely';
import type { Database } from './database.ts';

/** The tables that every service has beside its own. Times are milliseconds since 1970. */
export interface PlatformTables {
  outbox: {
    seq: Generated<number>;
    message_id: string;
    order_id: number;
    event_type: string;
    payload: string;
    headers: string;
    created_at: number;
  };
  inbox: { message_id: string; handled_at: number };
  dead_letters: {
    seq: Generated<number>;
    message_id: string;
    order_id: number | null;
    event_type: string;
    record: string;
    reason: string;
    state: 'dead' | 'parked';
    created_at: number;
  };
  idempotency_keys: {
    key: string;
    fingerprint: string;
    state: 'inFlight' | 'done';
    status: number | null;
    headers: string | null;
    body: string | null;
    created_at: number;
    locked_until: number;
  };
  leases: { name: string; owner: string; token: number; expires_at: number };
}

export function platformTables(database: Pick<Database, 'kysely'>): Kysely<PlatformTables> {
  return database.kysely as Kysely<PlatformTables>;
}
