import { listen } from './http.ts';
import { follow } from './log.ts';
import { endProcess, type OutboxRow, relay } from './relay.ts';
import { commit, open } from './sqlite.ts';
import { consumedPosition, OUTBOX, sqliteOutbox } from './sqlite-outbox.ts';
import { together } from './together.ts';

const database = open(`
  ${OUTBOX};
  create table if not exists entries (id integer, seq integer, amount integer, primary key (id, seq)) without rowid`);
const outbox = sqliteOutbox(database);
const consumed = consumedPosition(database);
const pass = await relay(outbox);

const GRANTED = 1;
const CANCELLED = 2;
const POINT = 300_000;
const enter = database.prepare(`
  insert into entries select ?1, ?2, ?3 where not exists (select 1 from entries where id = ?1 and seq >= ?2)`);

/** Grants once, takes back once, and grants no more after that. */
function change(id: number, seq: number): OutboxRow[] {
  if (enter.run(id, seq, seq === GRANTED ? POINT : -POINT).changes === 0) return [];
  const type = seq === GRANTED ? 'PromoCompleted' : 'PromoCancelled';
  const data = JSON.stringify({ eventType: type, orderId: id, point: seq === GRANTED ? POINT : 0 });
  return [outbox.add({ type, id, data })];
}

const cancel = together((ids: number[]) => {
  pass(commit(database, () => ids.flatMap((id) => change(id, CANCELLED))));
  return ids;
});

follow(consumed.get(), async (events, last) => {
  const paid = events.filter(({ type }) => type === 'PayCompleted');
  if (paid.length === 0) return;
  pass(
    commit(database, () => {
      consumed.set(last);
      return paid.flatMap(({ id }) => change(id, GRANTED));
    }),
  );
}).catch(endProcess);

listen(async (_method, _path, { orderId }) => ({ status: 200, body: { id: await cancel(orderId) } }));
