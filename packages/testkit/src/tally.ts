import type { EventBody } from '@phone82/contracts';
import type { Aggregate, Migration, RecordMapping } from '@phone82/persistence';

/** The record that the contract suites store: a running total with a ledger. */
export interface Tally extends Aggregate {
  readonly label: string;
  readonly total: number;
  readonly entries: readonly number[];
}

export const tallyMapping: RecordMapping<Tally> = {
  table: 'tallies',
  columns: ['label', 'total'],
  toRow: ({ label, total }) => ({ label, total }),
  fromRow: (row, entries) => ({
    id: row.id as number,
    version: row.version as number,
    label: row.label as string,
    total: row.total as number,
    entries: entries.map(({ amount }) => amount as number),
  }),
  sortable: { id: 'id', total: 'total', label: 'label' },
  filters: { label: 'label' },
  owners: { customer: 'label' },
  unlisted: { column: 'label', values: ['hidden'] },
  entries: {
    table: 'tally_entries',
    columns: ['amount'],
    toRows: ({ entries }) => entries.map((amount) => ({ amount })),
  },
};

/** The same in one row, without a table of entries. */
export const tallyInOneRowMapping: RecordMapping<Tally> = {
  table: 'tallies_in_one_row',
  columns: ['label', 'total', 'amounts'],
  toRow: ({ label, total, entries }) => ({ label, total, amounts: JSON.stringify(entries) }),
  fromRow: (row) => ({
    id: row.id as number,
    version: row.version as number,
    label: row.label as string,
    total: row.total as number,
    entries: JSON.parse(row.amounts as string),
  }),
  sortable: tallyMapping.sortable,
  filters: { label: 'label' },
  owners: { customer: 'label' },
  unlisted: { column: 'label', values: ['hidden'] },
};

export const tallyMigrations: Readonly<Record<string, Migration>> = {
  '0001-tallies': {
    up: async ({ schema }) => {
      await schema
        .createTable('tallies')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('version', 'bigint', (column) => column.notNull())
        .addColumn('label', 'varchar(64)', (column) => column.notNull())
        .addColumn('total', 'bigint', (column) => column.notNull())
        .execute();
      await schema
        .createTable('tally_entries')
        .addColumn('order_id', 'bigint', (column) => column.notNull())
        .addColumn('seq', 'integer', (column) => column.notNull())
        .addColumn('amount', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('tally_entries_pk', ['order_id', 'seq'])
        .execute();
      await schema
        .createTable('tallies_in_one_row')
        .addColumn('id', 'bigint', (column) => column.primaryKey())
        .addColumn('version', 'bigint', (column) => column.notNull())
        .addColumn('label', 'varchar(64)', (column) => column.notNull())
        .addColumn('total', 'bigint', (column) => column.notNull())
        .addColumn('amounts', 'text', (column) => column.notNull())
        .execute();
    },
  },
};

export const emptyTally = (id: number, label = 'plain'): Tally => ({
  id,
  version: 0,
  label,
  total: 0,
  entries: [],
});

export const add = (tally: Tally, amount: number): Tally => ({
  ...tally,
  total: tally.total + amount,
  entries: [...tally.entries, amount],
});

/** An event that carries a total, so that a test can see the order of events. */
export const totalled = (tally: Tally): EventBody => ({
  eventType: 'PromoCompleted',
  orderId: tally.id,
  point: tally.total,
});
