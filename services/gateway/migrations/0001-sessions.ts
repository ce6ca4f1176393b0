import type { Migration } from '@phone82/persistence';

/** Browser sessions, and the logout tokens that were accepted already. Times are milliseconds since 1970. */
export const createSessions: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('sessions')
      .addColumn('id_hash', 'varchar(43)', (column) => column.primaryKey())
      .addColumn('subject', 'varchar(255)', (column) => column.notNull())
      .addColumn('sid', 'varchar(255)')
      .addColumn('name', 'varchar(255)', (column) => column.notNull())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('agency', 'varchar(255)')
      .addColumn('access_token', 'text', (column) => column.notNull())
      .addColumn('access_expires_at', 'bigint', (column) => column.notNull())
      .addColumn('refresh_at', 'bigint', (column) => column.notNull())
      .addColumn('refresh_token', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('last_used_at', 'bigint', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('refresh_owner', 'varchar(64)')
      .addColumn('refreshing_until', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute();
    for (const column of ['subject', 'sid', 'last_used_at'])
      await kysely.schema.createIndex(`sessions_${column}`).on('sessions').column(column).execute();
    await kysely.schema
      .createTable('logout_tokens')
      .addColumn('jti_hash', 'varchar(43)', (column) => column.primaryKey())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createIndex('logout_tokens_expires_at')
      .on('logout_tokens')
      .column('expires_at')
      .execute();
  },
};
