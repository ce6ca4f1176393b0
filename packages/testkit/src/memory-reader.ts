import {
  type Aggregate,
  conditions,
  type DeadLetterReader,
  isOwnedRow,
  type OwnedBy,
  ownerColumns,
  type RecordMapping,
  type RecordReader,
  type Row,
  sortColumn,
} from '@phone82/persistence';
import type { MemoryStore } from './memory-store.ts';

/** Reads a memory store as the SQL reader reads tables; the mapping says what can be sorted and filtered by, and how. */
export function createMemoryReader<A extends Aggregate>(
  { store }: { readonly store: MemoryStore<A> },
  mapping: RecordMapping<A>,
): RecordReader<A> {
  const rowOf = (record: A): Row => ({ ...mapping.toRow(record), id: record.id, version: record.version });
  const isListed = (row: Row) =>
    !mapping.unlisted?.values.includes(row[mapping.unlisted.column] as string | number);
  const isOwned = (row: Row, ownedBy: OwnedBy | undefined) =>
    !ownedBy || isOwnedRow(ownerColumns(mapping, ownedBy), row);
  return {
    find: async (id, ownedBy) => {
      const record = store.records.get(id);
      return record && isOwned(rowOf(record), ownedBy) ? record : undefined;
    },
    list: async (request, filter = {}, ownedBy) => {
      const wanted = conditions(mapping, filter);
      const found = [...store.records.values()]
        .map((record) => ({ record, row: rowOf(record) }))
        .filter(({ row }) => isListed(row) && isOwned(row, ownedBy))
        .filter(({ row }) => wanted.every(([column, value]) => row[column] === value));
      const column = sortColumn(mapping, request);
      const sign = request.sort.direction === 'asc' ? 1 : -1;
      found.sort((a, b) => sign * (compare(a.row[column], b.row[column]) || a.record.id - b.record.id));
      const from = request.page * request.size;
      const items = found.slice(from, from + request.size).map(({ record }) => record);
      return { items, totalElements: found.length };
    },
  };
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  return (a as number | string) < (b as number | string) ? -1 : 1;
}

/** Reads a memory store's dead letters. */
export function createMemoryDeadLetterReader<A extends Aggregate>({
  store,
}: {
  readonly store: MemoryStore<A>;
}): DeadLetterReader {
  return {
    find: async (messageId) => store.deadLetters.get(messageId),
    list: async ({ page, size }) => ({
      items: [...store.deadLetters.values()].slice(page * size, (page + 1) * size),
      totalElements: store.deadLetters.size,
    }),
  };
}
