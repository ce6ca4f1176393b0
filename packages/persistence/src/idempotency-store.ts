import type { Environment } from '@phone82/runtime';
import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import { type PlatformTables, platformTables } from './platform-tables.ts';
import { writtenTogether } from './written-together.ts';

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

/** An idempotency store on the table of the platform's migrations. What a crowd asks of it at the same moment goes together. */
export function createIdempotencyStore(database: Database, environment: Environment): IdempotencyStore {
  const begin = writtenTogether((asked: readonly Asked[]) =>
    beginTogether(database, asked, environment.now()),
  );
  const complete = writtenTogether(async (answered: readonly Answered[]) => {
    await completeTogether(database, answered);
    return answered.map(() => undefined);
  });
  return {
    begin: (key, fingerprint, lockMs) => begin({ key, fingerprint, lockMs }),
    complete: (key, answer) => complete({ key, answer }),
    release: async (key) => {
      await platformTables(database)
        .deleteFrom('idempotency_keys')
        .where('key', '=', key)
        .where('state', '=', 'inFlight')
        .execute();
    },
  };
}

interface Asked {
  readonly key: string;
  readonly fingerprint: string;
  readonly lockMs: number;
}
interface Answered {
  readonly key: string;
  readonly answer: SavedAnswer;
}
type Known = Pick<
  PlatformTables['idempotency_keys'],
  'key' | 'fingerprint' | 'state' | 'status' | 'headers' | 'body' | 'locked_until'
>;

const NEW: IdempotencyOutcome = { kind: 'new' };
const IN_FLIGHT: IdempotencyOutcome = { kind: 'inFlight' };
const MISMATCH: IdempotencyOutcome = { kind: 'mismatch' };

async function beginTogether(
  database: Database,
  asked: readonly Asked[],
  now: number,
): Promise<readonly IdempotencyOutcome[]> {
  const firsts = new Map<string, Asked>();
  for (const one of asked) if (!firsts.has(one.key)) firsts.set(one.key, one);
  // In one order everywhere: two copies that are asked for the same keys then wait, and don't deadlock.
  const rows = [...firsts.values()].toSorted(byKey).map(({ key, fingerprint, lockMs }) => {
    return { key, fingerprint, state: 'inFlight', created_at: now, locked_until: now + lockMs };
  });
  const { insertMissing } = sqlDialect(database.dialect);
  const inserted = await insertMissing(database.kysely, 'idempotency_keys', 'key', rows);
  const known = await readKnown(
    database,
    [...firsts.keys()].filter((key) => !inserted.has(key)),
  );
  return Promise.all(
    asked.map((one) => {
      const first = firsts.get(one.key);
      if (!inserted.has(one.key)) return outcomeOf(database, known.get(one.key), one, now);
      if (one === first) return NEW;
      return one.fingerprint === first?.fingerprint ? IN_FLIGHT : MISMATCH;
    }),
  );
}

const byKey = (a: Asked, b: Asked) => (a.key < b.key ? -1 : 1);

async function readKnown(database: Database, keys: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  if (keys.length === 0) return new Map();
  const rows = await platformTables(database)
    .selectFrom('idempotency_keys')
    .select(['key', 'fingerprint', 'state', 'status', 'headers', 'body', 'locked_until'])
    .where('key', 'in', keys)
    .execute();
  return new Map(rows.map((row) => [row.key, row]));
}

async function outcomeOf(
  database: Database,
  known: Known | undefined,
  { fingerprint, lockMs }: Asked,
  now: number,
): Promise<IdempotencyOutcome> {
  // Released between the two statements: whoever released it may just be asking again.
  if (!known) return IN_FLIGHT;
  if (known.fingerprint !== fingerprint) return MISMATCH;
  if (known.state === 'done') return replayOf(known);
  if (known.locked_until > now) return IN_FLIGHT;
  return (await takeOver(database, known, now + lockMs)) ? NEW : IN_FLIGHT;
}

function replayOf({ status, headers, body }: Known): IdempotencyOutcome {
  return { kind: 'replay', status: status ?? 200, headers: JSON.parse(headers ?? '{}'), body: body ?? '' };
}

async function completeTogether(database: Database, answered: readonly Answered[]): Promise<void> {
  const each = <T>(value: (answer: SavedAnswer) => RawBuilder<T>): RawBuilder<T> => {
    const cases = answered.map(({ key, answer }) => sql`when ${key} then ${value(answer)}`);
    return sql<T>`case ${sql.ref('key')} ${sql.join(cases, sql` `)} end`;
  };
  await platformTables(database)
    .updateTable('idempotency_keys')
    .set({
      state: 'done',
      status: each(({ status }) => sql<number>`${sql.lit(status)}`),
      headers: each(({ headers }) => sql<string>`${JSON.stringify(headers)}`),
      body: each(({ body }) => sql<string>`${body}`),
    })
    .where(
      'key',
      'in',
      answered.map(({ key }) => key),
    )
    .where('state', '=', 'inFlight')
    .execute();
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
