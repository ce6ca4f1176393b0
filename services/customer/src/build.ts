import type { ServiceDefinition } from '@phone82/host';
import { migrations } from '../migrations/index.ts';
import { CustomerConfig } from './config.ts';
import type { OrderView } from './domain/order-view.ts';
import { viewRoutes } from './inbound/http.ts';
import { createViewGenerations } from './outbound/view-generations.ts';
import { customerService } from './service.ts';

export const customer: ServiceDefinition<OrderView, typeof CustomerConfig> = {
  name: 'customer',
  description: 'What a customer sees: every order with everything that happened to it',
  config: CustomerConfig,
  migrations,
  build: (base) => {
    const view = createViewGenerations(base);
    const service = customerService({ view, environment: base.environment });
    return {
      routes: viewRoutes(service),
      deadLetters: view.deadLetters,
      jobs: service.jobs,
      startOwn: view.start,
    };
  },
};
