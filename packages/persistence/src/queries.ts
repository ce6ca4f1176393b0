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

/** Reads outside a transaction. */
export interface RecordReader<A> {
  find(id: number): Promise<A | undefined>;
  list(request: PageRequest, filter?: Readonly<Record<string, string | number>>): Promise<Page<A>>;
}
