import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Template } from './copy-rows.ts';

type Row = Record<string, SQLInputValue>;

/** A table, how an order's rows are found, and how one becomes another order's. */
interface Copied {
  readonly table: string;
  readonly where: string;
  change(row: Row, id: number, template: Template): Row;
}

const newMessageId = (old: unknown, id: number) =>
  `${String(old).slice(0, 24)}${id.toString(16).padStart(12, '0')}`;
const another = (old: unknown, id: number) => `${old}-${id}`;

const inbox: Copied = {
  table: 'inbox',
  where: 'message_id in (select value from json_each(:messageIds))',
  change: (row, id) => ({ ...row, message_id: newMessageId(row.message_id, id) }),
};
/** The simulator's numbers and keys are its own; an order is known to it as PREFIX1. */
const atPsp = (table: string, keys: readonly string[]): Copied => ({
  table,
  where: 'order_id like :atPsp',
  change: (row, id, template) => {
    const changed = Object.fromEntries(keys.map((key) => [key, another(row[key], id)]));
    const { number, ...rest } = row;
    return {
      ...rest,
      ...changed,
      order_id: String(row.order_id).replace(new RegExp(`${template.id}$`), String(id)),
    };
  },
});

const COPIED: Readonly<Record<'store' | 'marketing' | 'psp-simulator', readonly Copied[]>> = {
  store: [inbox, { table: 'deliveries', where: 'id = :id', change: (row, id) => ({ ...row, id }) }],
  marketing: [
    inbox,
    { table: 'mileages', where: 'id = :id', change: (row, id) => ({ ...row, id }) },
    { table: 'mileage_entries', where: 'order_id = :id', change: (row, id) => ({ ...row, order_id: id }) },
  ],
  'psp-simulator': [
    atPsp('payments', ['payment_key']),
    atPsp('transactions', ['transaction_key', 'payment_key']),
  ],
};

const ORDERS_A_COMMIT = 5_000;

/** Copies an order's rows in a service's SQLite file, which nobody else has open; others get their turn between the commits. */
export async function copySqliteRows(
  file: string,
  name: keyof typeof COPIED,
  template: Template,
): Promise<void> {
  const database = new DatabaseSync(file);
  try {
    for (const copied of COPIED[name]) await copy(database, copied, template);
    database.exec('analyze');
  } finally {
    database.close();
  }
}

async function copy(
  database: DatabaseSync,
  { table, where, change }: Copied,
  template: Template,
): Promise<void> {
  const { id: ofOrder, count, messageIds } = template;
  const select = database.prepare(`select * from ${table} where ${where}`);
  select.setAllowUnknownNamedParameters(true);
  const wanted = { id: ofOrder, atPsp: `%-${ofOrder}`, messageIds: JSON.stringify(messageIds) };
  const rows = select.all(wanted) as Row[];
  const [sample] = rows;
  if (!sample) throw new Error(`${table} has nothing of order ${ofOrder}`);
  const columns = Object.keys(change(sample, ofOrder + 1, template));
  const insert = database.prepare(
    `insert into ${table} (${columns}) values (${columns.map((column) => `:${column}`)})`,
  );
  const last = ofOrder + count;
  for (let from = ofOrder + 1; from <= last; from += ORDERS_A_COMMIT) {
    database.exec('begin immediate');
    for (let id = from; id < Math.min(from + ORDERS_A_COMMIT, last + 1); id += 1)
      for (const row of rows) insert.run(change(row, id, template));
    database.exec('commit');
    await breathe();
  }
}
