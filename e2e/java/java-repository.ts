export type JavaRow = Record<string, unknown>;

/** A table of H2 in memory, with ids counted from 1. */
export class JavaRepository {
  readonly rows = new Map<number, JavaRow>();
  readonly #rel: string;
  readonly #collection: string;

  constructor(rel: string, collection: string) {
    this.#rel = rel;
    this.#collection = collection;
  }

  get path(): string {
    return `/${this.#collection}`;
  }

  save(row: JavaRow): number {
    const id = this.rows.size + 1;
    this.rows.set(id, row);
    return id;
  }

  all(): readonly (JavaRow & { readonly id: number })[] {
    return [...this.rows].map(([id, row]) => ({ ...row, id }));
  }

  /** A record as Spring Data REST shows it: its id is in the links only. */
  hal(id: number, origin: string): object {
    const href = `${origin}${this.path}/${id}`;
    return { ...this.rows.get(id), _links: { self: { href }, [this.#rel]: { href } } };
  }

  page(origin: string): object {
    const records = [...this.rows.keys()].map((id) => this.hal(id, origin));
    return {
      _embedded: { [this.#collection]: records },
      _links: { self: { href: `${origin}${this.path}` } },
      page: {
        size: 20,
        totalElements: records.length,
        totalPages: Math.ceil(records.length / 20),
        number: 0,
      },
    };
  }
}
