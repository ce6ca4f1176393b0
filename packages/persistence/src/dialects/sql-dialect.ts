import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: every service has tables of its own
export type AnyKysely = Kysely<any>;
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** All that the databases do differently. The rest is the same SQL for each of them. */
export interface SqlDialect {
  /** Milliseconds since 1970 by the database's own clock: the one clock that several processes share. */
  readonly clock: RawBuilder<number>;
  /** What a query ends with to lock the rows it finds; nothing where a transaction locks the whole database. */
  readonly lock?: { readonly update: RawBuilder<unknown>; readonly share: RawBuilder<unknown> };
  /** Whether work on single records is read and written together with that of others, without a transaction around it. */
  readonly writesTogether: boolean;
  /** Inserts those rows whose key, which is text, is not there yet. Returns the keys inserted. */
  insertMissing(kysely: AnyKysely, table: string, key: string, rows: Rows): Promise<ReadonlySet<string>>;
  /** Inserts rows; of those whose key is there, just these columns are changed, if any. */
  insertOrUpdate(
    kysely: AnyKysely,
    table: string,
    change: { readonly key: readonly string[]; readonly rows: Rows; readonly update: readonly string[] },
  ): Promise<void>;
  /**
   * Stores rows with `id` and `version`, each only if the version stored is one less (none for version 1).
   * False if that is not so for all of them; the transaction has to be rolled back then.
   */
  saveVersions(kysely: AnyKysely, table: string, rows: Rows): Promise<boolean>;
  /** Deletes at most so many of the rows that a condition finds. */
  deleteSome(
    table: string,
    key: string,
    some: { readonly where: RawBuilder<unknown>; readonly limit: number },
  ): RawBuilder<unknown>;
  /** Takes or prolongs a lease of the table `leases`; its token, or undefined while another has it. */
  takeLease(
    kysely: AnyKysely,
    lease: { readonly name: string; readonly owner: string; readonly ttlMs: number },
  ): Promise<number | undefined>;
  /** Does work on one connection while other processes that migrate wait, as long as it takes. */
  withMigrationTurn(kysely: AnyKysely, work: (kysely: AnyKysely) => Promise<void>): Promise<void>;
  /** What a migration's step is run on. */
  forMigration(kysely: AnyKysely): AnyKysely;
  /** Adds the column `seq`, which numbers a table's rows in the order of their insertion and never reuses a number. */
  addSequence<Table extends string>(table: CreateTableBuilder<Table>): CreateTableBuilder<Table, 'seq'>;
}
