export interface PageRequest {
  /** From 0. */
  readonly page: number;
  /** 1 to 100. */
  readonly size: number;
  readonly sort: { readonly field: string; readonly direction: 'asc' | 'desc' };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly totalElements: number;
}

/**
 * Whose records count: those of which one of the fields, named by the mapping's `owners`, has this value. None count where no field is given.
 */
export type OwnedBy = Readonly<Record<string, string | undefined>>;

/** Reads outside a transaction. Without `ownedBy` everyone's records count. */
export interface RecordReader<A> {
  find(id: number, ownedBy?: OwnedBy): Promise<A | undefined>;
  list(
    request: PageRequest,
    filter?: Readonly<Record<string, string | number>>,
    ownedBy?: OwnedBy,
  ): Promise<Page<A>>;
}
