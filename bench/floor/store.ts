import { listen } from './http.ts';
import { follow, type LoggedEvent } from './log.ts';
import { endProcess, type OutboxRow, relay } from './relay.ts';
import { commit, open } from './sqlite.ts';
import { consumedPosition, OUTBOX, sqliteOutbox } from './sqlite-outbox.ts';

const database = open(`
  ${OUTBOX};
  create table if not exists deliveries (
    id integer primary key, item text, ordered integer default 0, paid integer default 0, process text
  )`);
const outbox = sqliteOutbox(database);
const consumed = consumedPosition(database);
const pass = await relay(outbox);

const ordered = database.prepare(`
  insert into deliveries (id, item, ordered) values (?, ?, 1)
  on conflict do update set item = excluded.item, ordered = 1 returning ordered and paid and process is null as ships`);
const paid = database.prepare(`
  insert into deliveries (id, paid) values (?, 1)
  on conflict do update set paid = 1 returning ordered and paid and process is null as ships`);
const ship = database.prepare("update deliveries set process = 'Shipped' where id = ?");
const cancel = database.prepare(`
  insert into deliveries (id, process) values (?, 'Cancelled') on conflict do update
  set process = case process when 'Shipped' then 'ReturnRequested' else coalesce(process, 'Cancelled') end`);

function isComplete(type: string, id: number, data: string): boolean {
  if (type === 'Ordered') return Boolean(ordered.get(id, JSON.parse(data).item)?.ships);
  return type === 'PayCompleted' && Boolean(paid.get(id)?.ships);
}

/** A parcel leaves when its order and its payment are known, in the same commit. */
function take({ type, id, data }: LoggedEvent): OutboxRow[] {
  if (type === 'OrderCancelled') cancel.run(id);
  if (!isComplete(type, id, data)) return [];
  ship.run(id);
  const shipped = JSON.stringify({ eventType: 'Shipped', orderId: id, process: 'Shipped' });
  return [outbox.add({ type: 'Shipped', id, data: shipped })];
}

follow(consumed.get(), async (events, last) => {
  pass(
    commit(database, () => {
      consumed.set(last);
      return events.flatMap(take);
    }),
  );
}).catch(endProcess);

listen(async () => ({ status: 200, body: {} }));
