import { callRemote, type ServiceDefinition } from '@phone82/host';
import { createDueReader, createRecordReader, createUnitOfWork } from '@phone82/persistence';
import { migrations } from '../migrations/index.ts';
import { AppConfig } from './config.ts';
import type { Order } from './domain/order.ts';
import { orderRoutes } from './inbound/http.ts';
import { loadCatalogue } from './outbound/catalogue.ts';
import { createOrderIntake } from './outbound/order-intake.ts';
import { orderMapping } from './outbound/order-mapping.ts';
import { createPayClient } from './outbound/pay-client.ts';
import { appService } from './service.ts';

const HOUR_MS = 60 * 60 * 1000;

export const app: ServiceDefinition<Order, typeof AppConfig> = {
  name: 'app',
  description: 'Orders: placed, paid, cancelled; and the catalogue',
  config: AppConfig,
  migrations,
  build: (base) => {
    const { config, database, environment } = base;
    const pay = callRemote('pay', base);
    const orders = createUnitOfWork({ database, mapping: orderMapping, source: 'app', environment });
    const service = appService({
      orders,
      reader: createRecordReader(database, orderMapping),
      intake: createOrderIntake(database),
      pending: createDueReader(database, orderMapping, 'settle_at'),
      payments: createPayClient(pay),
      catalogue: loadCatalogue(config.CATALOGUE_FILE),
      environment,
      settings: { cancelWindowMs: config.CANCEL_WINDOW_HOURS * HOUR_MS },
    });
    return {
      routes: orderRoutes(service),
      events: { unitOfWork: orders, subscriptions: service.subscriptions },
      jobs: service.jobs,
      remotes: [pay],
    };
  },
};
