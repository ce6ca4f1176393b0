import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { InView, View, ViewTable } from './load.ts';

const LOOK_EVERY_MS = 25;
const MOST_AT_ONCE = 2_000;
const PATIENCE_MS = 60_000;

export interface ViewWatch {
  /** An order was answered that was due at a time; `counts` if its time is to be taken. */
  expect(id: number, dueAt: number, counts: boolean): void;
  /** All were answered: waits until the view shows them. */
  finish(startedAt: number): Promise<InView>;
}

export const watchView = (view: View): Promise<ViewWatch> | ViewWatch =>
  view === 'answer' ? watchAnswers() : watchTable(view);

/** Each is there when it is expected. */
function watchAnswers(): ViewWatch {
  const ms: number[] = [];
  let lastSeenAt = performance.now();
  return {
    expect: (_id, dueAt, counts) => {
      lastSeenAt = performance.now();
      if (counts) ms.push(lastSeenAt - dueAt);
    },
    finish: async (startedAt) => ({ ms, lost: 0, allSeconds: (lastSeenAt - startedAt) / 1_000 }),
  };
}

/** Looks every 25 ms which of the orders are in the view as they should be, oldest first. */
async function watchTable({ database, query }: ViewTable): Promise<ViewWatch> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const expected = new Map<number, { dueAt: number; counts: boolean }>();
  const ms: number[] = [];
  let over = false;
  let lastSeenAt = performance.now();

  const look = async () => {
    const ids = [...expected.keys()].slice(0, MOST_AT_ONCE);
    if (ids.length === 0) return;
    const { rows } = await client.query({ name: 'look', text: query, values: [ids] });
    const now = performance.now();
    if (rows.length > 0) lastSeenAt = now;
    for (const row of rows) {
      const id = Number(row.id);
      const order = expected.get(id);
      if (order?.counts) ms.push(now - order.dueAt);
      expected.delete(id);
    }
  };
  const looking = (async () => {
    while (!over) {
      await look();
      await delay(LOOK_EVERY_MS);
    }
  })();

  return {
    expect: (id, dueAt, counts) => void expected.set(id, { dueAt, counts }),
    finish: async (startedAt) => {
      for (let seen = lastSeenAt; expected.size > 0 && performance.now() - seen < PATIENCE_MS; ) {
        await delay(LOOK_EVERY_MS);
        seen = Math.max(seen, lastSeenAt);
      }
      over = true;
      await looking;
      await client.end();
      return { ms, lost: expected.size, allSeconds: (lastSeenAt - startedAt) / 1_000 };
    },
  };
}
