/** The tables in each PostgreSQL database, with no more than the orders need. */
export const tables: Readonly<Record<string, string>> = {
  log: `
    create table if not exists log_head (next bigint not null) with (fillfactor = 20);
    insert into log_head select 0 where not exists (select from log_head);
    create table if not exists log (position bigint primary key, type text not null, id bigint not null, data text not null)`,
  app: `
    create table if not exists orders (
      id bigint primary key, item text not null, qty int not null, price bigint not null, status int not null, point bigint
    ) with (fillfactor = 50);
    create table if not exists outbox (seq bigint generated always as identity primary key, type text, id bigint, data text);
    create table if not exists consumed (position bigint not null) with (fillfactor = 20);
    insert into consumed select 0 where not exists (select from consumed)`,
  pay: `
    create table if not exists payments (id bigint primary key, price bigint not null, process text not null, payment_key text) with (fillfactor = 50);
    create table if not exists outbox (seq bigint generated always as identity primary key, type text, id bigint, data text);
    create table if not exists consumed (position bigint not null) with (fillfactor = 20);
    insert into consumed select 0 where not exists (select from consumed)`,
  customer: `
    create table if not exists views (
      id bigint primary key, item text, qty int, price bigint, status int, point bigint, timeline text not null
    ) with (fillfactor = 50);
    create table if not exists consumed (position bigint not null) with (fillfactor = 20);
    insert into consumed select 0 where not exists (select from consumed)`,
};
