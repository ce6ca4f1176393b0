import type { Migration } from '@phone82/persistence';

export const createIssuer: Migration = {
  up: async (kysely) => {
    await kysely.schema
      .createTable('oidc_records')
      .addColumn('model', 'varchar(64)', (column) => column.notNull())
      .addColumn('id', 'varchar(256)', (column) => column.notNull())
      .addColumn('payload', 'json', (column) => column.notNull())
      .addColumn('uid', 'varchar(256)')
      .addColumn('grant_id', 'varchar(256)')
      .addColumn('expires_at', 'bigint')
      .addColumn('consumed_at', 'bigint')
      .addPrimaryKeyConstraint('oidc_records_pk', ['model', 'id'])
      .execute();
    for (const column of ['uid', 'grant_id', 'expires_at'])
      await kysely.schema
        .createIndex(`oidc_records_${column}`)
        .on('oidc_records')
        .column(column)
        .where(column, 'is not', null)
        .execute();
    await kysely.schema
      .createTable('issuer_keys')
      .addColumn('id', 'bigint', (column) => column.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('purpose', 'varchar(16)', (column) => column.notNull())
      .addColumn('secret', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await kysely.schema
      .createTable('accounts')
      .addColumn('subject', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('name_ko', 'varchar(64)', (column) => column.notNull())
      .addColumn('name_en', 'varchar(64)', (column) => column.notNull())
      .addColumn('roles', 'jsonb', (column) => column.notNull())
      .addColumn('agency', 'varchar(64)')
      .addColumn('password', 'varchar(256)')
      .execute();
    await kysely.schema
      .createTable('tickets')
      .addColumn('secret_hash', 'varchar(64)', (column) => column.primaryKey())
      .addColumn('subject', 'varchar(64)', (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await kysely.schema
      .createTable('sign_in_attempts')
      .addColumn('key', 'varchar(128)', (column) => column.primaryKey())
      .addColumn('count', 'integer', (column) => column.notNull())
      .addColumn('window_ends_at', 'bigint', (column) => column.notNull())
      .execute();
  },
};
