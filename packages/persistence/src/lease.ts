import { sql } from 'kysely';
import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';

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
  const token = await sqlDialect(database.dialect).takeLease(database.kysely, { name, owner, ttlMs });
  return token === undefined ? undefined : { name, owner, token };
}

/** Keeps a lease for its full time again; false if it expired or another has it. */
export async function renewLease(database: Database, lease: Lease, ttlMs: number): Promise<boolean> {
  const now = sqlDialect(database.dialect).clock;
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
