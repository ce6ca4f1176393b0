import type { Selectable } from 'kysely';
import type { Seal } from './seal.ts';
import type { Session, Tokens } from './session.ts';
import type { SessionTables } from './session-tables.ts';

export type SessionRow = Selectable<SessionTables['sessions']>;

type TokenColumns = Pick<
  SessionRow,
  'name' | 'roles' | 'agency' | 'access_token' | 'access_expires_at' | 'refresh_at' | 'refresh_token'
>;

const MAX_TEXT = 255;

/** The columns that a refresh writes anew. Tokens are sealed for their row. */
export function tokenColumns(seal: Seal, idHash: string, tokens: Tokens): TokenColumns {
  const { person, accessToken, accessExpiresAt, refreshAt, refreshToken } = tokens;
  return {
    name: person.name.slice(0, MAX_TEXT),
    roles: JSON.stringify(person.roles),
    agency: person.agency,
    access_token: seal.seal(accessToken, `access:${idHash}`),
    access_expires_at: accessExpiresAt,
    refresh_at: refreshAt,
    refresh_token: refreshToken === undefined ? null : seal.seal(refreshToken, `refresh:${idHash}`),
  };
}

/** Undefined where no key opens the tokens: the session cannot be used any more. */
export function sessionOf(seal: Seal, row: SessionRow): Session | undefined {
  const accessToken = seal.open(row.access_token, `access:${row.id_hash}`);
  const refreshToken = refreshTokenOf(seal, row);
  if (accessToken === undefined) return undefined;
  return {
    idHash: row.id_hash,
    person: { subject: row.subject, name: row.name, roles: JSON.parse(row.roles), agency: row.agency },
    sid: row.sid ?? undefined,
    accessToken,
    accessExpiresAt: row.access_expires_at,
    refreshAt: row.refresh_at,
    refreshToken,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    version: row.version,
    refreshingUntil: row.refreshing_until,
  };
}

export const refreshTokenOf = (seal: Seal, row: Pick<SessionRow, 'id_hash' | 'refresh_token'>) =>
  row.refresh_token === null ? undefined : seal.open(row.refresh_token, `refresh:${row.id_hash}`);
