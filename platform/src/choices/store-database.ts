import { Fault, UsageFault } from '../faults.ts';
import type { System } from '../system.ts';
import { holds, remember, remembered, STAY } from './remembered.ts';

/** What store and marketing keep their data in: files, a MariaDB of the system's own, or databases that were there before. */
export type StoreDatabaseChoice =
  | { readonly database: 'sqlite' }
  | { readonly database: 'mariadb'; readonly given?: GivenDatabases | undefined };

/** A connection string for each service. */
export type GivenDatabases = Readonly<Record<'store' | 'marketing', string>>;

type Kind = 'sqlite' | 'mariadb' | 'given';

const FILE = 'store-db.json';
const KINDS: Readonly<Record<Kind, string>> = {
  sqlite: 'SQLite files (--store-db sqlite)',
  mariadb: 'its own MariaDB (--store-db mariadb, without PHONE82_STORE_DATABASE_URL)',
  given:
    'the databases of PHONE82_STORE_DATABASE_URL and PHONE82_MARKETING_DATABASE_URL (--store-db mariadb)',
};

/**
 * What `up` was told, by --store-db or PHONE82_STORE_DB, and PHONE82_STORE_DATABASE_URL with PHONE82_MARKETING_DATABASE_URL; told nothing,
 * what the data folder has.
 * @throws Fault where it is not what the folder has: its data is in the other one, and would be missing.
 */
export async function storeDatabaseOf({ home, environment }: System): Promise<StoreDatabaseChoice> {
  const present = await presentIn(home);
  const asked = databaseAskedFor(environment) ?? (present === 'given' ? 'mariadb' : present) ?? 'sqlite';
  const wanted = asked === 'sqlite' ? { database: asked } : { database: asked, given: givenBy(environment) };
  if (present && present !== kindOf(wanted)) {
    const [there, here] = [KINDS[present], KINDS[kindOf(wanted)]];
    throw new Fault(`The data of store and marketing in ${home} is in ${there}, not in ${here}: ${STAY}`);
  }
  return wanted;
}

/** The connection strings, which hold passwords, are not written down. */
export const rememberStoreDatabase = ({ home }: System, choice: StoreDatabaseChoice) =>
  remember(home, FILE, { kind: kindOf(choice) });

/** A folder without the note, but with data, is of a phone82 that knew files only. */
async function presentIn(home: string): Promise<Kind | undefined> {
  const note = await remembered<{ kind: Kind }>(home, FILE);
  if (note) return note.kind;
  return (await holds(home, 'sqlite', 'store.db')) ? 'sqlite' : undefined;
}

function databaseAskedFor({ PHONE82_STORE_DB: asked }: NodeJS.ProcessEnv) {
  if (!asked) return undefined;
  if (asked === 'sqlite' || asked === 'mariadb') return asked;
  throw new UsageFault(`There is no store database "${asked}": name sqlite or mariadb.`);
}

function givenBy(environment: NodeJS.ProcessEnv): GivenDatabases | undefined {
  const { PHONE82_STORE_DATABASE_URL: store, PHONE82_MARKETING_DATABASE_URL: marketing } = environment;
  if (store && marketing) return { store, marketing };
  if (!store && !marketing) return undefined;
  throw new Fault(
    'PHONE82_STORE_DATABASE_URL and PHONE82_MARKETING_DATABASE_URL go together: set both, or none.',
  );
}

const kindOf = (choice: StoreDatabaseChoice): Kind =>
  choice.database === 'mariadb' && choice.given ? 'given' : choice.database;
