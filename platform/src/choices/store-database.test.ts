import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { topology } from '../topology.ts';
import { rememberStoreDatabase, storeDatabaseOf } from './store-database.ts';

const MARIADB = { PHONE82_STORE_DB: 'mariadb' };
const GIVEN = {
  PHONE82_STORE_DATABASE_URL: 'mariadb://someone:secret@far/store',
  PHONE82_MARKETING_DATABASE_URL: 'mariadb://someone:secret@far/marketing',
};

describe('what store and marketing keep their data in', () => {
  let home: string;
  const up = async (environment: NodeJS.ProcessEnv = {}) => {
    const system = { root: home, home, portOffset: 0, topology, environment };
    const choice = await storeDatabaseOf(system);
    await rememberStoreDatabase(system, choice);
    return choice;
  };

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'phone82-store-db-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  test('is SQLite unless MariaDB is asked for, whatever databases are given', async () => {
    assert.deepEqual(await up(GIVEN), { database: 'sqlite' });
  });

  test('stays where it was, without being told again', async () => {
    await up(MARIADB);
    assert.deepEqual(await up(), { database: 'mariadb', given: undefined });
  });

  test('stays in the databases that were given, which are not written down', async () => {
    const given = {
      store: GIVEN.PHONE82_STORE_DATABASE_URL,
      marketing: GIVEN.PHONE82_MARKETING_DATABASE_URL,
    };
    assert.deepEqual(await up({ ...MARIADB, ...GIVEN }), { database: 'mariadb', given });
    assert.doesNotMatch(await readFile(path.join(home, 'store-db.json'), 'utf8'), /secret/);
    assert.deepEqual(await up(GIVEN), { database: 'mariadb', given });
    await assert.rejects(
      up(),
      /is in the databases of PHONE82_STORE_DATABASE_URL .*, not in its own MariaDB/,
    );
  });

  test('is not left behind for another', async () => {
    await up();
    await assert.rejects(up(MARIADB), /is in SQLite files .*: go on with that, .*PHONE82_HOME, or wipe it/);
  });

  test('is in files where data are older than the choice', async () => {
    await mkdir(path.join(home, 'sqlite'));
    await writeFile(path.join(home, 'sqlite', 'store.db'), '');
    await assert.rejects(up(MARIADB), /is in SQLite files/);
  });

  test('is given for both services or for none', async () => {
    const { PHONE82_STORE_DATABASE_URL } = GIVEN;
    await assert.rejects(up({ ...MARIADB, PHONE82_STORE_DATABASE_URL }), /go together: set both, or none/);
  });

  test('can not be in what there is not', async () => {
    await assert.rejects(
      up({ PHONE82_STORE_DB: 'oracle' }),
      /no store database "oracle": name sqlite or maria/,
    );
  });
});
