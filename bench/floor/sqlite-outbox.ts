import type { DatabaseSync } from 'node:sqlite';
import type { Event } from './log.ts';
import type { Outbox, OutboxRow } from './relay.ts';

export const OUTBOX = `
  create table if not exists outbox (seq integer primary key autoincrement, type text, id integer, data text);
  create table if not exists consumed (position integer)`;

/** An outbox whose rows are added inside the caller's transaction. */
export function sqliteOutbox(database: DatabaseSync): Outbox & { add(event: Event): OutboxRow } {
  const insert = database.prepare('insert into outbox (type, id, data) values (?, ?, ?)');
  const remove = database.prepare('delete from outbox where seq in (select value from json_each(?))');
  const waiting = database.prepare('select seq, type, id, data from outbox order by seq');
  return {
    add: (event) => ({
      ...event,
      seq: Number(insert.run(event.type, event.id, event.data).lastInsertRowid),
    }),
    waiting: async () => waiting.all() as unknown as OutboxRow[],
    remove: async (seqs) => void remove.run(JSON.stringify(seqs)),
  };
}

/** How far the log was consumed: written with the effects, so that a batch takes effect once. */
export function consumedPosition(database: DatabaseSync): { get(): number; set(position: number): void } {
  const get = database.prepare('select coalesce(max(position), 0) as position from consumed');
  const set = database.prepare('update consumed set position = ?');
  if (Number(get.get()?.position) === 0)
    database.exec('insert into consumed select 0 where not exists (select 1 from consumed)');
  return { get: () => Number(get.get()?.position), set: (position) => void set.run(position) };
}
