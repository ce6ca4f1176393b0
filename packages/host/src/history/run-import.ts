import { type Aggregate, migrate, openDatabase } from '@phone82/persistence';
import { loadConfig, realEnvironment } from '@phone82/runtime';
import { createLog } from '@phone82/telemetry';
import type { Static, TObject } from 'typebox';
import { openBus, withEitherBus } from '../open-bus.ts';
import type { HostConfig, ServiceDefinition } from '../service-definition.ts';
import { untilReachable } from '../until-reachable.ts';
import { importHistory } from './import-history.ts';

/**
 * Fills a service's database from the log's history and ends: as a process of its own, with the environment of the service,
 * while the service is stopped. Prints the report as one line of JSON on standard output; its log goes to standard error.
 * @throws ConfigError, MigrationError
 */
export async function runImport<A extends Aggregate, Schema extends TObject>(
  { name, config: schema, migrations, history }: ServiceDefinition<A, Schema>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (!history) throw new Error(`${name} has no records of its own to import`);
  const config = loadConfig(withEitherBus(schema, env), env) as unknown as HostConfig;
  const log = createLog({ service: name, level: 'warn' });
  const environment = realEnvironment;
  const database = openDatabase(config.DATABASE_URL, { name, poolSize: 2 });
  const bus = await openBus(config, { environment, log });
  try {
    await untilReachable({ environment, log }, 'the database', () => database.ping());
    await migrate(database, migrations);
    await untilReachable({ environment, log }, 'the log', () => bus.ping());
    const imported = history(config as unknown as Static<Schema>);
    const report = await importHistory({ name, history: imported, database, bus, environment });
    process.stdout.write(`${JSON.stringify({ service: name, ...report })}\n`);
  } finally {
    await bus.close();
    await database.close();
  }
}
