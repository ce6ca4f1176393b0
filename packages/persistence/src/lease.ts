import { sql } from 'kysely';
import type { Database } from './database.ts';
import { databaseClock } from './database-clock.ts';

/** A right that one owner has until it expires, by the database's clock. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  /** Grows at every change of owner: a write that carries an older one comes from a former owner. */
  readonly token: number;
}

/** Takes a lease that is free or expired, or prolongs one's own; undefined while someone else has it. */
export async function acquireLease(
  database: Database,
  name: string,
  owner: string,
  ttlMs: number,
): Promise<Lease | undefined> {
  const now = databaseClock(database.dialect);
  const { rows } = await sql<{ token: number }>`
    insert into leases (name, owner, token, expires_at) values (${name}, ${owner}, 1, ${now} + ${sql.lit(ttlMs)})
    on conflict (name) do update set
      owner = excluded.owner,
      token = case when leases.owner = excluded.owner then leases.token else leases.token + 1 end,
      expires_at = excluded.expires_at
    where leases.owner = excluded.owner or leases.expires_at <= ${now}
    returning token`.execute(database.kysely);
  return rows[0] && { name, owner, token: rows[0].token };
}

/** Keeps a lease for its full time again; false if it expired or another has it. */
export async function renewLease(database: Database, lease: Lease, ttlMs: number): Promise<boolean> {
  const now = databaseClock(database.dialect);
  const { numAffectedRows = 0n } = await sql`
    update leases set expires_at = ${now} + ${sql.lit(ttlMs)}
    where name = ${lease.name} and owner = ${lease.owner} and token = ${lease.token} and expires_at > ${now}
  `.execute(database.kysely);
  return numAffectedRows > 0n;
}

/** Gives a lease up; nothing happens if it is another's by now. */
export async function releaseLease(database: Database, lease: Lease): Promise<void> {
  await sql`
    update leases set expires_at = 0
    where name = ${lease.name} and owner = ${lease.owner} and token = ${lease.token}
  `.execute(database.kysely);
}
