import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Migration, MigrationError, migrate, platformMigrations } from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const creating = (table: string): Migration => ({
  up: async ({ schema }) => {
    await schema.createTable(table).addColumn('id', 'bigint').execute();
  },
});

eachDatabase('migrations', (the) => {
  test('run once each, in the order of their names', async () => {
    const { database } = the();
    const ran: string[] = [];
    const step = (name: string): Migration => ({ up: async () => void ran.push(name) });
    await migrate(database, { '0002': step('two'), '0001': step('one') });
    await migrate(database, { '0001': step('one'), '0002': step('two'), '0003': step('three') });
    assert.deepEqual(ran, ['one', 'two', 'three']);
  });

  test('run once when several processes start at the same time', async () => {
    const processes = [the().database, the().openAgain(), the().openAgain()];
    let ran = 0;
    const counting: Migration = { up: async () => void ran++ };
    await Promise.all(
      processes.map((database) =>
        migrate(database, { ...platformMigrations, '0001': counting, '0002': creating('t') }),
      ),
    );
    assert.equal(ran, 1);
  });

  test('leave nothing behind when one fails, and say which', async () => {
    const { database } = the();
    const failing: Migration = {
      up: async (kysely) => {
        await creating('half').up(kysely, database.dialect);
        throw new Error('out of ideas');
      },
    };
    await assert.rejects(
      migrate(database, { '0001': creating('first'), '0002-half': failing }),
      (error: unknown) => {
        assert.ok(error instanceof MigrationError);
        assert.match(error.message, /"0002-half" failed: out of ideas/);
        return true;
      },
    );
    await migrate(database, { '0001': creating('first'), '0002-half': creating('half') });
  });

  test('refuse data that a newer version wrote', async () => {
    const { database } = the();
    await migrate(database, { '0001': creating('one'), '0002-later': creating('two') });
    await assert.rejects(migrate(database, { '0001': creating('one') }), /another version.*"0002-later"/);
  });

  test('allow the platform to add steps that sort before those of the service', async () => {
    const { database } = the();
    await migrate(database, { '0001': creating('one') });
    await migrate(database, { '0000-new': creating('two'), '0001': creating('one') });
  });
});
