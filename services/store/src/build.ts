import type { ServiceDefinition } from '@phone82/host';
import { createDueReader, createRecordReader, createUnitOfWork } from '@phone82/persistence';
import { migrations } from '../migrations/index.ts';
import { StoreConfig } from './config.ts';
import type { Delivery } from './domain/delivery.ts';
import { deliveryRoutes } from './inbound/http.ts';
import { deliveryMapping } from './outbound/delivery-mapping.ts';
import { storeService } from './service.ts';

export const store: ServiceDefinition<Delivery, typeof StoreConfig> = {
  name: 'store',
  description: 'Deliveries: what the agency (대리점) ships',
  config: StoreConfig,
  migrations,
  build: ({ config, database, environment }) => {
    const deliveries = createUnitOfWork({ database, mapping: deliveryMapping, source: 'store', environment });
    const service = storeService({
      deliveries,
      reader: createRecordReader(database, deliveryMapping),
      due: createDueReader(database, deliveryMapping, 'ship_at'),
      environment,
      shipping: { manual: config.STORE_MANUAL, delayMs: config.STORE_SHIP_DELAY_MS },
    });
    return {
      routes: deliveryRoutes(service),
      events: { unitOfWork: deliveries, subscriptions: service.subscriptions },
      jobs: service.jobs,
    };
  },
};
