import { type Database, type Migration, MigrationError, missingMigrations } from '@phone82/persistence';

/**
 * For a service that leaves its schema to a process of its own: with several copies, the schema changes once and before
 * the first of them, not when the first happens to start.
 * @throws MigrationError naming the steps that are missing.
 */
export async function requireMigrated(
  database: Database,
  migrations: Readonly<Record<string, Migration>>,
): Promise<void> {
  const missing = await missingMigrations(database, migrations);
  if (missing.length > 0)
    throw new MigrationError(
      `the schema lacks ${missing.join(', ')}: run the migration of this version first`,
    );
}
