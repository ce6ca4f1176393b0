import { batched } from '@phone82/runtime';
import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import { isInfrastructureError } from './infrastructure-error.ts';
import type { OutboxEntry } from './outbox.ts';
import type { RecordMapping } from './record-mapping.ts';
import { REST_MS } from './rest.ts';
import { outboxRow } from './sql-outbox.ts';
import { selectedColumns } from './sql-records.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';

/** One record and its events: what {@link saveTogether} takes. */
interface Save<A> {
  readonly record: A;
  readonly events: readonly OutboxEntry[];
}

type Outcome = 'saved' | 'conflict' | { readonly error: unknown };

const MOST_TOGETHER = 128;

/** Whether changes are of the kind that {@link saveTogether} takes: one record and its events. */
export function fitsTogether<A extends Aggregate>(
  { records, addedLetters, removedLetters }: Changes<A>,
  mapping: RecordMapping<A>,
): boolean {
  return records.length === 1 && addedLetters.length + removedLetters.length === 0 && !mapping.entries;
}

/**
 * Writes a record and its events, together with those of everyone who writes at the same moment, in one statement,
 * which is a transaction by itself. The events of a record hang on the row that was saved: they are numbered while it
 * is locked, and stay away where another writer was first, who spoils it for that one record only. For PostgreSQL.
 * @throws ConcurrencyError if the record has another version by now.
 */
export function saveTogether<A extends Aggregate>(
  kysely: Database['kysely'],
  mapping: RecordMapping<A>,
): (changes: Changes<A>) => Promise<void> {
  const text = statement(mapping);
  const write = async (saves: readonly Save<A>[]): Promise<readonly Outcome[]> => {
    const first = firstOfEachRecord(saves);
    const { rows } = await kysely.executeQuery<{ id: number }>(
      CompiledQuery.raw(text, [recordsOf(first, mapping), eventsOf(first)]),
    );
    const saved = new Set(rows.map(({ id }) => id));
    return saves.map((save) => (saved.has(save.record.id) && first.includes(save) ? 'saved' : 'conflict'));
  };
  const save = batched(eachForItself(write), { most: MOST_TOGETHER, restMs: REST_MS });
  return async ({ records, events }) => {
    const record = records[0] as A;
    const outcome = await save({ record, events });
    if (typeof outcome === 'object') throw outcome.error;
    if (outcome === 'conflict')
      throw new ConcurrencyError(`${mapping.table}: another writer changed ${record.id}`);
  };
}

/** Of two who write the same record at once, the second is too late: it read what the first is changing. */
function firstOfEachRecord<A extends Aggregate>(saves: readonly Save<A>[]): readonly Save<A>[] {
  return [...Map.groupBy(saves, ({ record }) => record.id).values()].map(([first]) => first as Save<A>);
}

/** A value that the database refuses is the fault of one: the others of its batch are written without it. */
function eachForItself<A>(write: (saves: readonly Save<A>[]) => Promise<readonly Outcome[]>) {
  const alone = async (save: Save<A>): Promise<Outcome> => {
    try {
      return (await write([save]))[0] as Outcome;
    } catch (error) {
      return { error };
    }
  };
  return async (saves: readonly Save<A>[]): Promise<readonly Outcome[]> => {
    try {
      return await write(saves);
    } catch (error) {
      if (isInfrastructureError(error) || saves.length === 1) return saves.map(() => ({ error }));
      return Promise.all(saves.map(alone));
    }
  };
}

const recordsOf = <A extends Aggregate>(saves: readonly Save<A>[], mapping: RecordMapping<A>) =>
  JSON.stringify(
    saves.map(({ record }) => ({ ...mapping.toRow(record), id: record.id, version: record.version + 1 })),
  );

const eventsOf = <A extends Aggregate>(saves: readonly Save<A>[]) =>
  JSON.stringify(
    saves.flatMap(({ record, events }) =>
      events.map((event) => ({ ...outboxRow(event), record_id: record.id })),
    ),
  );

/** The same text for any number of records, so that the server plans it once per connection. Rows are locked in the order of their ids, as everywhere. */
function statement<A>({ table, columns }: RecordMapping<A>): string {
  const all = selectedColumns({ columns });
  const updates = all.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
  return `
    with saved as (
      insert into ${table} as held (${all})
      select ${all} from json_populate_recordset(null::${table}, $1::json) order by id
      on conflict (id) do update set ${updates} where held.version = excluded.version - 1
      returning id
    ), told as (
      insert into outbox (message_id, order_id, event_type, payload, headers, created_at)
      select message_id, order_id, event_type, payload, headers, created_at
      from saved join rows from (json_to_recordset($2::json) as (
        record_id bigint, message_id text, order_id bigint, event_type text, payload text, headers text, created_at bigint
      )) with ordinality as event (record_id, message_id, order_id, event_type, payload, headers, created_at, place)
        on record_id = saved.id
      order by place
    )
    select id from saved`;
}
