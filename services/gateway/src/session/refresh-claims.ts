import type { Database } from '@phone82/persistence';
import { sql } from 'kysely';
import type { Seal } from './seal.ts';
import { tokenColumns } from './sealed-row.ts';
import type { Session, Tokens } from './session.ts';
import { sessionTables } from './session-tables.ts';

/** The right to refresh a session: one owner among all copies of the gateway, by the database's clock. */
export interface RefreshClaims {
  /** False if another has it, or the session was refreshed or ended meanwhile. */
  claim(session: Session, owner: string): Promise<boolean>;
  /** Keeps new tokens; false if the session ended or the claim ran out. */
  keep(session: Session, owner: string, tokens: Tokens): Promise<boolean>;
  /** Gives a claim up: the next one may try after a pause. */
  giveUp(session: Session, owner: string): Promise<void>;
}

/** Longer than the issuer may take to answer, so that no second refresh token is used while the first is under way. */
const CLAIM_MS = 30_000;
export const PAUSE_MS = 5_000;

const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export function createRefreshClaims(database: Database, seal: Seal): RefreshClaims {
  const owned = (session: Session, owner: string) =>
    sessionTables(database)
      .updateTable('sessions')
      .where('id_hash', '=', session.idHash)
      .where('refresh_owner', '=', owner);
  return {
    claim: async ({ idHash, version }, owner) => {
      const { numUpdatedRows } = await sessionTables(database)
        .updateTable('sessions')
        .set({ refresh_owner: owner, refreshing_until: sql<number>`${databaseNow} + ${CLAIM_MS}` })
        .where('id_hash', '=', idHash)
        .where('version', '=', version)
        .where('refreshing_until', '<', databaseNow)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    keep: async (session, owner, tokens) => {
      const { numUpdatedRows } = await owned(session, owner)
        .set({
          ...tokenColumns(seal, session.idHash, tokens),
          version: session.version + 1,
          refresh_owner: null,
          refreshing_until: 0,
        })
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    giveUp: async (session, owner) => {
      await owned(session, owner)
        .set({ refresh_owner: null, refreshing_until: sql<number>`${databaseNow} + ${PAUSE_MS}` })
        .execute();
    },
  };
}
