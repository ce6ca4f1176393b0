import { withClient } from './databases.ts';

/** The order that is copied, how often, and its messages. */
export interface Template {
  readonly id: number;
  readonly count: number;
  readonly messageIds: readonly string[];
}

const COPIES = 'generate_series($1::bigint + 1, $1::bigint + $2::bigint) as copy (id)';

/** A row again for every copy, with other values in some columns. */
const copyOf = (table: string, changes: string) => `
  insert into ${table} select filled.* from ${table} as row, ${COPIES},
    jsonb_populate_record(row, jsonb_build_object(${changes})) as filled where row.id = $1`;

const newMessageId = (old: string) => `left(${old}, 24) || lpad(to_hex(copy.id), 12, '0')`;

/** Copies an order's rows in the PostgreSQL databases of app, pay and customer. */
export async function copyRows(
  database: (service: 'app' | 'pay' | 'customer') => string,
  { id, count, messageIds }: Template,
): Promise<void> {
  const inbox = `
    insert into inbox select ${newMessageId('message_id')}, handled_at from inbox, ${COPIES}
    where message_id = any($3::text[])`;
  await inDatabase(database('app'), async (query) => {
    await query(copyOf('orders', "'id', copy.id"), [id, count]);
    await query(inbox, [id, count, messageIds]);
    await query("select setval(pg_get_serial_sequence('orders', 'id'), $1::bigint + $2::bigint)", [
      id,
      count,
    ]);
  });
  await inDatabase(database('pay'), async (query) => {
    await query(copyOf('payments', "'id', copy.id, 'payment_key', row.payment_key || '-' || copy.id"), [
      id,
      count,
    ]);
    await query(inbox, [id, count, messageIds]);
  });
  await inDatabase(database('customer'), async (query) => {
    const [active] = await query("select number from view_generations where state = 'active'", []);
    const timeline = messageIds.reduce(
      (text, messageId) => `replace(${text}, '${messageId}', ${newMessageId(`'${messageId}'`)})`,
      'row.timeline',
    );
    await query(copyOf(`order_views_${active?.number}`, `'id', copy.id, 'timeline', ${timeline}`), [
      id,
      count,
    ]);
  });
}

type Query = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

const inDatabase = (url: string, work: (query: Query) => Promise<void>): Promise<void> =>
  withClient(url, async (client) => {
    await work(async (text, values) => (await client.query(text, values)).rows);
    await client.query('vacuum analyze');
  });
