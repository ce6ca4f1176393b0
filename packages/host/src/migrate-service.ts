import { type Aggregate, migrate, openDatabase } from '@phone82/persistence';
import { loadConfig, realEnvironment } from '@phone82/runtime';
import { createLog } from '@phone82/telemetry';
import Type, { type TObject } from 'typebox';
import { hostConfig } from './config.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { untilReachable } from './until-reachable.ts';

const { DATABASE_URL, LOG_LEVEL } = hostConfig({ port: 0 });

/**
 * Brings a service's schema up to date and ends, for deployments that do so before the first copy starts. Needs no more of
 * the environment than `DATABASE_URL`. Waits up to a minute for the database.
 * @throws ConfigError, MigrationError
 */
export async function migrateService<A extends Aggregate, Schema extends TObject>(
  { name, migrations }: Pick<ServiceDefinition<A, Schema>, 'name' | 'migrations'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const config = loadConfig(Type.Object({ DATABASE_URL, LOG_LEVEL }), env);
  const log = createLog({ service: name, level: config.LOG_LEVEL });
  const database = openDatabase(config.DATABASE_URL, { name, poolSize: 1 });
  try {
    await untilReachable({ environment: realEnvironment, log }, 'the database', () => database.ping());
    await migrate(database, migrations);
    log.info({ steps: Object.keys(migrations).length }, 'the schema is up to date');
  } finally {
    await database.close();
  }
}
