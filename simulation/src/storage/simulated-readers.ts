import type {
  Aggregate,
  DeadLetterReader,
  DueReader,
  RecordMapping,
  RecordReader,
} from '@phone82/persistence';
import { createMemoryDeadLetterReader, createMemoryReader } from '@phone82/testkit';
import type { Connection } from './connection.ts';
import type { SimulatedDatabase } from './simulated-database.ts';

/** Reads outside of transactions, each one call to the database. */
export function simulatedReader<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  mapping: RecordMapping<A>,
  { calls, process }: Connection,
): RecordReader<A> {
  const reader = createMemoryReader(database, mapping);
  const { server } = database;
  return {
    find: (id, ownedBy) => calls.to(server, process, `${server.name}: find`, () => reader.find(id, ownedBy)),
    list: (request, filter, ownedBy) =>
      calls.to(server, process, `${server.name}: list`, () => reader.list(request, filter, ownedBy)),
  };
}

/** Finds what is due, by the column that holds when. */
export function simulatedDueReader<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  mapping: RecordMapping<A>,
  column: string,
  { calls, process }: Connection,
): DueReader<A> {
  const { server, store } = database;
  const dueAt = (record: A) => mapping.toRow(record)[column] as number | null;
  return {
    dueBefore: (epochMs, limit) =>
      calls.to(server, process, `${server.name}: due`, () =>
        [...store.records.values()]
          .map((record) => ({ record, at: dueAt(record) }))
          .filter((one): one is { record: A; at: number } => one.at !== null && one.at <= epochMs)
          .sort((a, b) => a.at - b.at || a.record.id - b.record.id)
          .slice(0, limit)
          .map(({ record }) => record),
      ),
  };
}

export function simulatedDeadLetterReader<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  { calls, process }: Connection,
): DeadLetterReader {
  const reader = createMemoryDeadLetterReader(database);
  const { server } = database;
  return {
    find: (messageId) => calls.to(server, process, `${server.name}: letter`, () => reader.find(messageId)),
    list: (request) => calls.to(server, process, `${server.name}: letters`, () => reader.list(request)),
  };
}
