import type { Database } from '@phone82/persistence';

/** Makes the table of a new generation; its columns are those of the mapping. The index finds a customer's own orders. */
export async function createViewTable(kysely: Database['kysely'], table: string): Promise<void> {
  await kysely.schema
    .createTable(table)
    .addColumn('id', 'bigint', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('item', 'varchar(64)')
    .addColumn('qty', 'integer')
    .addColumn('price', 'bigint')
    .addColumn('customer_id', 'varchar(64)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)')
    .addColumn('point', 'bigint')
    .addColumn('timeline', 'text', (column) => column.notNull())
    .addColumn('events', 'integer', (column) => column.notNull())
    .addColumn('visible', 'integer', (column) => column.notNull())
    .execute();
  await kysely.schema.createIndex(`${table}_owner`).on(table).columns(['customer_id', 'id']).execute();
}
