import { callRemote, type ServiceDefinition, type ServiceParts } from '@phone82/host';
import {
  createDueReader,
  createRecordReader,
  createUnitOfWork,
  createWaitingReader,
} from '@phone82/persistence';
import type { Remote } from '@phone82/resilience';
import { migrations } from '../migrations/index.ts';
import { AppConfig } from './config.ts';
import type { Order } from './domain/order.ts';
import { orderRoutes } from './inbound/http.ts';
import { loadCatalogue } from './outbound/catalogue.ts';
import { createOrderIntake } from './outbound/order-intake.ts';
import { orderMapping } from './outbound/order-mapping.ts';
import { createPayClient } from './outbound/pay-client.ts';
import { appService } from './service.ts';
import type { AppPorts } from './usecases/ports.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What app is put together of; production and the simulation bring different ones. */
export interface AppAdapters extends Omit<AppPorts, 'payments'> {
  readonly pay: Remote;
}

export function assembleApp({ pay, ...ports }: AppAdapters): ServiceParts<Order> {
  const service = appService({ ...ports, payments: createPayClient(pay) });
  return {
    routes: orderRoutes(service),
    events: { unitOfWork: ports.orders, subscriptions: service.subscriptions },
    jobs: service.jobs,
    remotes: [pay],
  };
}

const waitingColumns = { table: 'orders', state: 'status', due: 'settle_at', since: 'placed_at' };

export const app: ServiceDefinition<Order, typeof AppConfig> = {
  name: 'app',
  description: 'Orders: placed, paid, cancelled; and the catalogue',
  config: AppConfig,
  migrations,
  build: (base) => {
    const { config, database, environment, metrics } = base;
    const outcomes = metrics.counter('orders_total', 'Orders, by what came of asking for them', ['outcome']);
    const parts = assembleApp({
      orders: createUnitOfWork({ database, mapping: orderMapping, source: 'app', environment }),
      reader: createRecordReader(database, orderMapping),
      intake: createOrderIntake(database),
      pending: createDueReader(database, orderMapping, 'settle_at'),
      pay: callRemote('pay', base),
      catalogue: loadCatalogue(config.CATALOGUE_FILE),
      environment,
      settings: { cancelWindowMs: config.CANCEL_WINDOW_HOURS * HOUR_MS },
      counted: (outcome) => outcomes.inc({ outcome }),
    });
    return { ...parts, waiting: createWaitingReader(database, waitingColumns, ['Pending']) };
  },
};
