import type { Database } from '@phone82/persistence';
import { batched } from '@phone82/runtime';
import { type RawBuilder, sql } from 'kysely';
import type { Seal } from './seal.ts';
import { refreshTokenOf, sessionOf, tokenColumns } from './sealed-row.ts';
import type { Session, Tokens } from './session.ts';
import { sessionTables } from './session-tables.ts';

/** Sessions in the database, known by the hash of their id. */
export interface SessionStore {
  insert(session: NewSession): Promise<void>;
  /** Concurrent callers share a query. */
  find(idHash: string): Promise<Session | undefined>;
  /** Notes a use, if it is later than what is known. */
  touch(idHash: string, at: number): Promise<void>;
  /** Ends the sessions that a condition names; says what has to be revoked at the issuer. */
  end(which: Which): Promise<Ended>;
  /** Ends the sessions of a person beyond the ones used last. */
  trim(subject: string, most: number): Promise<Ended>;
}

export interface NewSession {
  readonly idHash: string;
  readonly tokens: Tokens;
  readonly now: number;
  readonly expiresAt: number;
}

export interface Which {
  readonly idHash?: string | undefined;
  readonly subject?: string | undefined;
  readonly sid?: string | undefined;
  /** Only if it was not used since. */
  readonly unusedSince?: number;
  /** Only if it was not refreshed since. */
  readonly version?: number;
}

export interface Ended {
  readonly idHashes: readonly string[];
  readonly refreshTokens: readonly string[];
}

/** What one sign-out asks the issuer to revoke, at most. */
const MOST_REVOKED = 20;

export function createSessionStore(database: Database, seal: Seal): SessionStore {
  const tables = sessionTables(database);
  return {
    insert: async ({ idHash, tokens, now, expiresAt }) => {
      const { person, sid } = tokens;
      await tables
        .insertInto('sessions')
        .values({
          ...tokenColumns(seal, idHash, tokens),
          id_hash: idHash,
          subject: person.subject,
          sid: sid ?? null,
          created_at: now,
          last_used_at: now,
          expires_at: expiresAt,
          version: 1,
          refresh_owner: null,
          refreshing_until: 0,
        })
        .execute();
    },
    find: batched((idHashes: readonly string[]) => findTogether(database, seal, idHashes)),
    touch: async (idHash, at) => {
      await tables
        .updateTable('sessions')
        .set({ last_used_at: at })
        .where('id_hash', '=', idHash)
        .where('last_used_at', '<', at)
        .execute();
    },
    end: (which) => endWhere(database, seal, conditionOf(which)),
    trim: (subject, most) =>
      endWhere(
        database,
        seal,
        sql`subject = ${subject} and id_hash in (select id_hash from sessions where subject = ${subject}
          order by last_used_at desc, created_at desc offset ${most})`,
      ),
  };
}

async function endWhere(database: Database, seal: Seal, condition: RawBuilder<boolean>): Promise<Ended> {
  const rows = await sessionTables(database)
    .deleteFrom('sessions')
    .where(condition)
    .returning(['id_hash', 'refresh_token'])
    .execute();
  const tokens = rows.slice(0, MOST_REVOKED).map((row) => refreshTokenOf(seal, row));
  return {
    idHashes: rows.map((row) => row.id_hash),
    refreshTokens: tokens.filter((token) => token !== undefined),
  };
}

async function findTogether(
  database: Database,
  seal: Seal,
  idHashes: readonly string[],
): Promise<readonly (Session | undefined)[]> {
  const rows = await sessionTables(database)
    .selectFrom('sessions')
    .selectAll()
    .where('id_hash', '=', sql<string>`any(${[...idHashes]})`)
    .execute();
  const found = new Map(rows.map((row) => [row.id_hash, sessionOf(seal, row)]));
  return idHashes.map((idHash) => found.get(idHash));
}

/** A condition that names nothing would end every session. */
function conditionOf({ idHash, subject, sid, unusedSince, version }: Which): RawBuilder<boolean> {
  const parts = [
    ...(idHash === undefined ? [] : [sql`id_hash = ${idHash}`]),
    ...(subject === undefined ? [] : [sql`subject = ${subject}`]),
    ...(sid === undefined ? [] : [sql`sid = ${sid}`]),
  ];
  if (parts.length === 0) throw new Error('no session is named');
  if (unusedSince !== undefined) parts.push(sql`last_used_at <= ${unusedSince}`);
  if (version !== undefined) parts.push(sql`version = ${version}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}
