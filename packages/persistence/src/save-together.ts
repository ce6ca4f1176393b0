import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import type { OutboxEntry } from './outbox.ts';
import type { RecordMapping } from './record-mapping.ts';
import type { Changes } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';
import { recordsWritten, writtenValues } from './write-records.ts';
import { writtenTogether } from './written-together.ts';

/** One record and its events: what {@link saveTogether} takes. */
interface Save<A> {
  readonly record: A;
  readonly events: readonly OutboxEntry[];
}

type Outcome = 'saved' | 'conflict';

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
  const save = writtenTogether(write);
  return async ({ records, events }) => {
    const record = records[0] as A;
    if ((await save({ record, events })) === 'conflict')
      throw new ConcurrencyError(`${mapping.table}: another writer changed ${record.id}`);
  };
}

/** Of two who write the same record at once, the second is too late: it read what the first is changing. */
function firstOfEachRecord<A extends Aggregate>(saves: readonly Save<A>[]): readonly Save<A>[] {
  return [...Map.groupBy(saves, ({ record }) => record.id).values()].map(([first]) => first as Save<A>);
}
