import type { ColumnType, Generated, Kysely } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

/** The tables of `migrations/0001-issuer.ts`. Times are milliseconds since 1970. */
export interface Tables {
  oidc_records: {
    model: string;
    id: string;
    payload: Json<Record<string, unknown>>;
    uid: string | null;
    grant_id: string | null;
    expires_at: number | null;
    consumed_at: number | null;
  };
  issuer_keys: { id: Generated<number>; purpose: 'sign' | 'cookie'; secret: string; created_at: number };
  accounts: {
    subject: string;
    name_ko: string;
    name_en: string;
    roles: Json<readonly string[]>;
    agency: string | null;
    password: string | null;
  };
  tickets: { secret_hash: string; subject: string; expires_at: number; used_at: number | null };
  sign_in_attempts: { key: string; count: number; window_ends_at: number };
}

export type IdentityDatabase = Kysely<Tables>;
