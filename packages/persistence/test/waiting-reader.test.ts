import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWaitingReader } from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const columns = { table: 'payments', state: 'state', due: 'due_at', since: 'since' };

eachDatabase('records that wait', (the) => {
  test('are counted by state, with the age of the oldest; states of which none waits are shown too', async () => {
    const { database } = the();
    await database.kysely.schema
      .createTable('payments')
      .addColumn('id', 'bigint', (column) => column.primaryKey())
      .addColumn('state', 'varchar(16)')
      .addColumn('due_at', 'bigint')
      .addColumn('since', 'bigint')
      .execute();
    const rows = [
      { id: 1, state: 'CancelPending', due_at: 9, since: 5_000 },
      { id: 2, state: 'CancelPending', due_at: 9, since: 4_000 },
      { id: 3, state: 'CancelPending', due_at: null, since: 1 },
      { id: 4, state: 'Declined', due_at: 9, since: 2 },
      { id: 5, state: 'Requested', due_at: 9, since: null },
    ];
    await database.kysely.insertInto('payments').values(rows).execute();
    const read = createWaitingReader(database, columns, ['CancelPending', 'Requested', 'Unknown']);
    assert.deepEqual(await read(), [
      { state: 'CancelPending', count: 2, since: 4_000 },
      { state: 'Requested', count: 1, since: undefined },
      { state: 'Unknown', count: 0, since: undefined },
    ]);
  });
});
