import type { Environment } from '@phone82/runtime';
import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import { type PlatformTables, platformTables } from './platform-tables.ts';

export interface SavedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type IdempotencyOutcome =
  | { readonly kind: 'new' }
  | ({ readonly kind: 'replay' } & SavedAnswer)
  /** The key was used for another request. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'inFlight' };

/** Remembers what a request with an idempotency key was answered. */
export interface IdempotencyStore {
  /**
   * Says what to do with a request. After `new` the caller has `lockMs` to handle it and to call `complete` or
   * `release`; later, another request with the key may take it over.
   */
  begin(key: string, fingerprint: string, lockMs: number): Promise<IdempotencyOutcome>;
  /** Keeps the answer, for replays. The first answer stays. */
  complete(key: string, answer: SavedAnswer): Promise<void>;
  /** Forgets a request that was not answered for good, so that the key can be used again. */
  release(key: string): Promise<void>;
}

/** An idempotency store on the table of the platform's migrations. */
export function createIdempotencyStore(database: Database, environment: Environment): IdempotencyStore {
  const tables = platformTables(database);
  const { insertMissing } = sqlDialect(database.dialect);
  return {
    begin: async (key, fingerprint, lockMs) => {
      const now = environment.now();
      const row = { key, fingerprint, state: 'inFlight', created_at: now, locked_until: now + lockMs };
      const inserted = await insertMissing(database.kysely, 'idempotency_keys', 'key', [row]);
      if (inserted.has(key)) return { kind: 'new' };
      const known = await tables
        .selectFrom('idempotency_keys')
        .selectAll()
        .where('key', '=', key)
        .executeTakeFirst();
      // Released between the two statements: whoever released it may just be asking again.
      if (!known) return { kind: 'inFlight' };
      if (known.fingerprint !== fingerprint) return { kind: 'mismatch' };
      if (known.state === 'done') return replayOf(known);
      if (known.locked_until > now) return { kind: 'inFlight' };
      return (await takeOver(database, known, now + lockMs)) ? { kind: 'new' } : { kind: 'inFlight' };
    },
    complete: async (key, { status, headers, body }) => {
      await tables
        .updateTable('idempotency_keys')
        .set({ state: 'done', status, headers: JSON.stringify(headers), body })
        .where('key', '=', key)
        .where('state', '=', 'inFlight')
        .execute();
    },
    release: async (key) => {
      await tables
        .deleteFrom('idempotency_keys')
        .where('key', '=', key)
        .where('state', '=', 'inFlight')
        .execute();
    },
  };
}

function replayOf({
  status,
  headers,
  body,
}: Pick<PlatformTables['idempotency_keys'], 'status' | 'headers' | 'body'>): IdempotencyOutcome {
  return { kind: 'replay', status: status ?? 200, headers: JSON.parse(headers ?? '{}'), body: body ?? '' };
}

/** Only one of several requests that see the same expired lock gets it. */
async function takeOver(
  database: Database,
  { key, locked_until }: { key: string; locked_until: number },
  until: number,
): Promise<boolean> {
  const { numUpdatedRows } = await platformTables(database)
    .updateTable('idempotency_keys')
    .set({ locked_until: until })
    .where('key', '=', key)
    .where('state', '=', 'inFlight')
    .where('locked_until', '=', locked_until)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
