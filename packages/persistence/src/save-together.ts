import { batched } from '@phone82/runtime';
import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import { isInfrastructureError } from './infrastructure-error.ts';
import type { OutboxEntry } from './outbox.ts';
import type { RecordMapping } from './record-mapping.ts';
import { REST_MS } from './rest.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';
import { recordsWritten, writtenValues } from './write-records.ts';

/** One record and its events: what {@link saveTogether} takes. */
interface Save<A> {
  readonly record: A;
  readonly events: readonly OutboxEntry[];
}

type Outcome = 'saved' | 'conflict' | { readonly error: unknown };

const MOST_TOGETHER = 128;

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
  const text = `with ${recordsWritten(mapping, 'leaveOut')} select id from saved`;
  const written = (saves: readonly Save<A>[]) =>
    writtenValues(
      mapping,
      saves.map(({ record }) => record),
      saves.flatMap(({ events }) => events),
    );
  const write = async (saves: readonly Save<A>[]): Promise<readonly Outcome[]> => {
    const first = firstOfEachRecord(saves);
    const { rows } = await kysely.executeQuery<{ id: number }>(CompiledQuery.raw(text, written(first)));
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
