import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const VERSION = 1;

/** The books are entered once and never changed; only what is remembered about requests and news is deleted. */
const TABLES = `
  create table payments (
    number integer primary key, payment_key text not null unique, order_id text not null, order_name text not null,
    customer_key text, amount integer not null, requested_at integer not null, authenticated_at integer, failure text
  ) strict;
  create index payments_of_order on payments (order_id, number);
  create table transactions (
    number integer primary key, transaction_key text not null unique, payment_key text not null, order_id text not null,
    kind text not null, amount integer not null, emptied integer not null, reason text, at integer not null
  ) strict;
  create index transactions_of_payment on transactions (payment_key, number);
  create index transactions_in_time on transactions (at, number);
  create index transactions_of_order on transactions (order_id, kind, amount);
  create table replies (
    scope text primary key, payment_key text, cancels integer, code text, at integer not null
  ) strict, without rowid;
  create index replies_in_time on replies (at);
  create table webhooks (
    transmission_id text primary key, payment_key text not null, cancels integer not null, created_at integer not null,
    due_at integer not null, retries integer not null
  ) strict, without rowid;
  create index webhooks_due on webhooks (due_at);
`;

/** Opens the file, made with its folder if there is none; a commit is on the disk when it returns. */
export function openLedgerFile(file: string): DatabaseSync {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  const { user_version: version } = database.prepare('pragma user_version').get() as { user_version: number };
  if (version === 0) database.exec(`begin immediate; ${TABLES} pragma user_version = ${VERSION}; commit`);
  else if (version !== VERSION) throw new Error(`${file} is of version ${version}, not ${VERSION}`);
  return database;
}
