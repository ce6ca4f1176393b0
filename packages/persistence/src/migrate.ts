import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database, Dialect } from './database.ts';
import { sqlDialect } from './dialects/index.ts';

/**
 * One step of a schema. Its name in the record orders it; a step that has run somewhere is never changed. MariaDB
 * commits each change of a schema by itself: there a step that failed runs again over what it made, so a step that
 * changes data must bear that.
 */
export interface Migration {
  // biome-ignore lint/suspicious/noExplicitAny: a migration knows tables by name only
  up(kysely: Kysely<any>, dialect: Dialect): Promise<void>;
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Brings a schema up to date. Safe when several processes do it at once: they take turns.
 * @throws MigrationError naming the step that failed, or saying that the data is of a newer version.
 */
export async function migrate(
  database: Database,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const provider = providerOf(database, migrations);
  await sqlDialect(database.dialect).withMigrationTurn(database.kysely, async (kysely) => {
    const migrator = new Migrator({ db: kysely, provider, allowUnorderedMigrations: true });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw failure(error, results?.find(({ status }) => status === 'Error')?.migrationName);
  });
}

/**
 * The steps that a schema lacks, by name; changes nothing. Steps of a newer version may be there: old and new processes
 * live side by side while a new version rolls out.
 */
export async function missingMigrations(
  database: Database,
  migrations: Readonly<Record<string, Migration>>,
): Promise<readonly string[]> {
  const migrator = new Migrator({ db: database.kysely, provider: providerOf(database, migrations) });
  const steps = await migrator.getMigrations();
  return steps.filter(({ executedAt }) => !executedAt).map(({ name }) => name);
}

function providerOf({ dialect }: Database, migrations: Readonly<Record<string, Migration>>) {
  return { getMigrations: async () => forDialect(migrations, dialect) };
}

function forDialect(migrations: Readonly<Record<string, Migration>>, dialect: Dialect) {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, { up }]) => [
      name,
      // biome-ignore lint/suspicious/noExplicitAny: as in Migration
      { up: (kysely: Kysely<any>) => up(sqlDialect(dialect).forMigration(kysely), dialect) },
    ]),
  );
}

function failure(error: unknown, step: string | undefined): MigrationError {
  const reason = error instanceof Error ? error.message : String(error);
  const newer = /previously executed migration (\S+) is missing/.exec(reason);
  const message = newer
    ? `the data was written by another version: it has the schema step "${newer[1]}", which this version does not know`
    : `the schema step "${step ?? 'preparation'}" failed: ${reason}`;
  return new MigrationError(message, { cause: error });
}
