import { eventMetrics, type ServiceDefinition, type ServiceParts } from '@phone82/host';
import { migrations } from '../migrations/index.ts';
import { CustomerConfig } from './config.ts';
import type { OrderView } from './domain/order-view.ts';
import { viewRoutes } from './inbound/http.ts';
import type { ViewBase } from './outbound/fold-generation.ts';
import { createSqlViewStorage } from './outbound/sql-view-storage.ts';
import { createViewGenerations } from './outbound/view-generations.ts';
import { customerService } from './service.ts';

/** Puts customer together; production and the simulation bring different storage. */
export function assembleCustomer(
  base: ViewBase,
  maxEventStreams = Number.POSITIVE_INFINITY,
): ServiceParts<OrderView> {
  const view = createViewGenerations(base);
  const service = customerService({ view, environment: base.environment });
  return {
    routes: viewRoutes(service, maxEventStreams),
    deadLetters: view.deadLetters,
    jobs: service.jobs,
    startOwn: view.start,
    consumerGroup: view.answeringGroup,
    consumerProgress: view.answeringProgress,
  };
}

export const customer: ServiceDefinition<OrderView, typeof CustomerConfig> = {
  name: 'customer',
  description: 'What a customer sees: every order with everything that happened to it',
  config: CustomerConfig,
  migrations,
  build: ({ config, database, bus, environment, log, metrics, tracer }) => {
    const storage = createSqlViewStorage(database, environment);
    const base = { bus, environment, log, storage, tracer, metrics: eventMetrics(metrics) };
    return assembleCustomer(base, config.MAX_EVENT_STREAMS);
  },
};
