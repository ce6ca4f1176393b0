import type { Kysely } from 'kysely';

export type Dialect = 'postgres' | 'sqlite' | 'mariadb';

/** A service's database. */
export interface Database {
  // biome-ignore lint/suspicious/noExplicitAny: every service has tables of its own
  readonly kysely: Kysely<any>;
  readonly dialect: Dialect;
  /** Whether it answers now. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
