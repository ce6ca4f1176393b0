import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { Floor } from './start.ts';

/** How many orders stand and how many were undone. */
export interface Books {
  readonly kept: number;
  readonly undone: number;
}

const STANDS = 'count(*) filter (where status = 3 and point = 300000)';
const UNDONE = 'count(*) filter (where status = 5 and point = 0)';

/** The same question to every database. */
const QUESTIONS = {
  app: `select ${STANDS} as kept, ${UNDONE} as undone from orders`,
  pay: `select count(*) filter (where process = 'Payed') as kept, count(*) filter (where process = 'PayCancelled') as undone from payments`,
  customer: `select ${STANDS} as kept, ${UNDONE} as undone from views`,
  psp: `select count(*) filter (where kind = 'approval') - count(*) filter (where kind = 'cancel') as kept,
    count(*) filter (where kind = 'cancel') as undone from transactions`,
  store: `select count(*) filter (where process = 'Shipped') as kept,
    count(*) filter (where process in ('Cancelled', 'ReturnRequested')) as undone from deliveries`,
  marketing: `select coalesce(sum(amount) / 300000, 0) as kept, count(*) filter (where seq = 2) as undone from entries`,
} as const;

/** Whether all six databases agree on the orders, sentences on those that don't. */
export async function audit(floor: Floor, expected: Books): Promise<string[]> {
  const faults: string[] = [];
  for (const name of Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[]) {
    const { kept, undone } = await booksOf(floor, name);
    if (kept !== expected.kept || undone !== expected.undone)
      faults.push(
        `${name} has ${kept} orders and ${undone} undone, not ${expected.kept} and ${expected.undone}`,
      );
  }
  return faults;
}

async function booksOf(floor: Floor, name: keyof typeof QUESTIONS): Promise<Books> {
  const inSqlite = name === 'psp' || name === 'store' || name === 'marketing';
  const row = inSqlite
    ? askSqlite(floor.sqlite(name), QUESTIONS[name])
    : await askPostgres(floor.database(name), QUESTIONS[name]);
  return { kept: Number(row.kept), undone: Number(row.undone) };
}

function askSqlite(file: string, question: string): Record<string, unknown> {
  const database = new DatabaseSync(file);
  const row = database.prepare(question).get() ?? {};
  database.close();
  return row;
}

async function askPostgres(url: string, question: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(question);
  await client.end();
  return rows[0];
}
