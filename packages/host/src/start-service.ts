import { authenticateBy } from '@phone82/access';
import { admissionOptions, createHttpServer, type HttpServer, listen } from '@phone82/http';
import { createDeadLetters } from '@phone82/messaging';
import {
  type Aggregate,
  createDeadLetterReader,
  createIdempotencyStore,
  createOutbox,
  migrate,
  purge,
} from '@phone82/persistence';
import type { Component, JobOptions } from '@phone82/runtime';
import type { TObject } from 'typebox';
import { serviceConsumer } from './consumer-view.ts';
import { deadLetterRoutes } from './dead-letter-routes.ts';
import { eventMetrics } from './event-metrics.ts';
import { watchLog } from './log-reachability.ts';
import { type ConsumerView, readinessChecks } from './readiness-checks.ts';
import { refuseEmptyDatabase } from './refuse-empty-database.ts';
import { refuseUnsafeStart } from './refuse-unsafe-start.ts';
import { requireMigrated } from './require-migrated.ts';
import type { HostConfig, ServiceBase, ServiceDefinition, ServiceParts } from './service-definition.ts';
import { startParts } from './start-parts.ts';
import { showStored } from './stored-metrics.ts';
import { untilReachable } from './until-reachable.ts';

const PURGE_EVERY_MS = 10 * 60 * 1000;

/** Sees to the schema and starts everything a service is made of; requests are taken last. */
export async function startService<A extends Aggregate, Schema extends TObject>(
  definition: ServiceDefinition<A, Schema>,
  base: ServiceBase<HostConfig>,
): Promise<Component[]> {
  const { database, bus, log, config } = base;
  refuseUnsafeStart(definition.name, config);
  await untilReachable(base, 'the database', () => database.ping());
  await (config.MIGRATE_AT_START ? migrate : requireMigrated)(database, definition.migrations);
  await untilReachable(base, 'the log', () => bus.ping());
  await refuseEmptyDatabase(definition, base);
  const parts = definition.build(base as never);
  const consumer = serviceConsumer(definition.name, bus, parts);
  const server = await createServer(definition, base, parts, consumer);
  showStored({ ...base, ...parts, consumerGroup: consumer.group });
  const parted = {
    ...base,
    outbox: createOutbox(database),
    metrics: eventMetrics(base.metrics),
    onConsumer: consumer.started,
  };
  const components: Component[] = [
    { name: 'database', stop: () => database.close() },
    { name: 'bus', stop: () => bus.close() },
    ...(parts.remotes ?? []).map((remote) => ({ name: remote.name, stop: () => remote.close() })),
    ...(await startParts(definition.name, parted, parts, [purgeJob(base)])),
  ];
  const http = await listen(server, { host: config.HOST, port: config.PORT, delayMs: config.DRAIN_DELAY_MS });
  log.info({ port: http.port }, 'ready');
  return [...components, http];
}

/** A service's HTTP server, not listening yet. */
export async function createServer<A extends Aggregate, Schema extends TObject>(
  { name, description }: Pick<ServiceDefinition<A, Schema>, 'name' | 'description'>,
  { database, bus, log, metrics, tracer, environment, config }: ServiceBase<HostConfig>,
  parts: ServiceParts<A>,
  consumer: ConsumerView = serviceConsumer(name, bus, parts),
): Promise<HttpServer> {
  const { routes, remotes = [], checks = [], events } = parts;
  const reachability = watchLog(bus, { environment, metrics });
  const server = await createHttpServer({
    log,
    metrics,
    authenticate: authenticateBy(name, config, { now: environment.now, log }),
    tracer,
    openapi: { title: `phone82 ${name}`, version: '0.1.0', description },
    checks: [...readinessChecks({ database, consumer, log: reachability }), ...checks],
    breakers: () => remotes.flatMap((remote) => remote.breakers()),
    idempotency: createIdempotencyStore(database, environment),
    admission: admissionOptions(config),
  });
  routes(server);
  const letters = createDeadLetterReader(database);
  const deadLetters = parts.deadLetters ?? (events && createDeadLetters({ letters, ...events }));
  if (deadLetters) deadLetterRoutes(deadLetters)(server);
  return server;
}

/** Forgets handled messages, saved answers and dead letters after their time. */
function purgeJob({ database, environment, log }: ServiceBase<HostConfig>): JobOptions {
  return {
    name: 'purge',
    everyMs: PURGE_EVERY_MS,
    run: async () => {
      const { deadLetters } = await purge(database, environment);
      if (deadLetters > 0) log.error({ deadLetters }, 'dead letters that nobody saw to for a year are gone');
      return 'done';
    },
  };
}
