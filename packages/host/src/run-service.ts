import { type Aggregate, openDatabase } from '@phone82/persistence';
import { loadConfig, realEnvironment, runProcess } from '@phone82/runtime';
import { createLog, openTelemetry } from '@phone82/telemetry';
import type { TObject } from 'typebox';
import { openBus, withEitherBus } from './open-bus.ts';
import type { HostConfig, ServiceDefinition } from './service-definition.ts';
import { startService } from './start-service.ts';

/** A service as a process: configured by the environment, stopped by SIGTERM. */
export async function runService<A extends Aggregate, Schema extends TObject>(
  definition: ServiceDefinition<A, Schema>,
): Promise<void> {
  await runProcess(createLog({ service: definition.name }), async () => {
    const config = loadConfig(withEitherBus(definition.config, process.env)) as unknown as HostConfig;
    const { log, metrics, tracer, components } = await openTelemetry(definition.name, config);
    const environment = realEnvironment;
    const database = openDatabase(config.DATABASE_URL, {
      name: definition.name,
      poolSize: config.DATABASE_POOL,
    });
    const bus = await openBus(config, { environment, log });
    const parts = await startService(definition, {
      config,
      database,
      bus,
      environment,
      log,
      metrics,
      tracer,
    });
    return [...components, ...parts];
  });
}
