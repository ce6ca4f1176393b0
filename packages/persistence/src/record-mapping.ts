export type Row = Readonly<Record<string, unknown>>;

/**
 * A list inside the aggregate that only ever grows, kept in a table of its own with the columns `order_id`,
 * `seq` (from 1, the place in the list; primary key with `order_id`) and those named here.
 */
export interface EntriesMapping<A> {
  readonly table: string;
  /** Columns besides `order_id` and `seq`. */
  readonly columns: readonly string[];
  /** All entries of the aggregate, oldest first. Those stored before are left as they are. */
  toRows(aggregate: A): readonly Row[];
}

/** How an aggregate is stored: one row, with the columns `id` (primary key) and `version` and those named here. */
export interface RecordMapping<A> {
  readonly table: string;
  /** Columns besides `id` and `version`. */
  readonly columns: readonly string[];
  /** The values of the columns; `id` and `version` are added. */
  toRow(aggregate: A): Row;
  /** The aggregate of a row (with `id` and `version`) and its entries, oldest first. */
  fromRow(row: Row, entries: readonly Row[]): A;
  /** Fields of the wire that a list may be sorted by, and their columns. */
  readonly sortable: Readonly<Record<string, string>>;
  /** Fields of the wire that a list may be filtered by, and their columns. */
  readonly filters?: Readonly<Record<string, string>>;
  /** By what records belong to someone, and the columns. Default: by nothing. */
  readonly owners?: Readonly<Record<string, string>>;
  /** Records that are found by their id but never listed. */
  readonly unlisted?: { readonly column: string; readonly values: readonly (string | number)[] };
  readonly entries?: EntriesMapping<A>;
}
