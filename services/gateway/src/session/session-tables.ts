import type { Database } from '@phone82/persistence';
import type { Kysely } from 'kysely';

export interface SessionTables {
  sessions: {
    id_hash: string;
    subject: string;
    sid: string | null;
    name: string;
    roles: string;
    agency: string | null;
    access_token: string;
    access_expires_at: number;
    refresh_at: number;
    refresh_token: string | null;
    created_at: number;
    last_used_at: number;
    expires_at: number;
    version: number;
    refresh_owner: string | null;
    refreshing_until: number;
  };
  logout_tokens: { jti_hash: string; expires_at: number };
}

export const sessionTables = ({ kysely }: Pick<Database, 'kysely'>) => kysely as Kysely<SessionTables>;
