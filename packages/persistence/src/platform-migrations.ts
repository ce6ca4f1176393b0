import type { Kysely } from 'kysely';
import type { Dialect } from './database.ts';
import { sqlDialect } from './dialects/index.ts';
import type { Migration } from './migrate.ts';

/** The schema of the tables that every service has: spread it into the service's own migrations. */
export const platformMigrations: Readonly<Record<string, Migration>> = {
  '0000-platform': {
    up: async (kysely, dialect) => {
      await createMessageTables(kysely, dialect);
      await createRequestTables(kysely);
    },
  },
};

// biome-ignore lint/suspicious/noExplicitAny: a migration knows tables by name only
type AnyKysely = Kysely<any>;

async function createMessageTables(kysely: AnyKysely, dialect: Dialect) {
  const { addSequence } = sqlDialect(dialect);
  await addSequence(kysely.schema.createTable('outbox'))
    .addColumn('message_id', 'varchar(128)', (column) => column.notNull())
    .addColumn('order_id', 'bigint', (column) => column.notNull())
    .addColumn('event_type', 'varchar(64)', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('headers', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await kysely.schema
    .createTable('inbox')
    .addColumn('message_id', 'varchar(255)', (column) => column.primaryKey())
    .addColumn('handled_at', 'bigint', (column) => column.notNull())
    .execute();
  await kysely.schema.createIndex('inbox_handled_at').on('inbox').column('handled_at').execute();
  await addSequence(kysely.schema.createTable('dead_letters'))
    .addColumn('message_id', 'varchar(255)', (column) => column.notNull().unique())
    .addColumn('order_id', 'bigint')
    .addColumn('event_type', 'varchar(64)', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('state', 'varchar(8)', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await kysely.schema.createIndex('dead_letters_order_id').on('dead_letters').column('order_id').execute();
}

async function createRequestTables(kysely: AnyKysely) {
  await kysely.schema
    .createTable('idempotency_keys')
    .addColumn('key', 'varchar(512)', (column) => column.primaryKey())
    .addColumn('fingerprint', 'varchar(128)', (column) => column.notNull())
    .addColumn('state', 'varchar(8)', (column) => column.notNull())
    .addColumn('status', 'integer')
    .addColumn('headers', 'text')
    .addColumn('body', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('locked_until', 'bigint', (column) => column.notNull())
    .execute();
  await kysely.schema
    .createIndex('idempotency_keys_created_at')
    .on('idempotency_keys')
    .column('created_at')
    .execute();
  await kysely.schema
    .createTable('leases')
    .addColumn('name', 'varchar(128)', (column) => column.primaryKey())
    .addColumn('owner', 'varchar(128)', (column) => column.notNull())
    .addColumn('token', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}
