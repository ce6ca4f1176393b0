import type { ServiceDefinition, ServiceParts } from '@phone82/host';
import { createCaughtUp } from '@phone82/messaging';
import {
  createDueReader,
  createRecordReader,
  createUnitOfWork,
  createWaitingReader,
} from '@phone82/persistence';
import { migrations } from '../migrations/index.ts';
import { StoreConfig } from './config.ts';
import type { Delivery } from './domain/delivery.ts';
import { deliveryHistory } from './domain/import-delivery.ts';
import { deliveryRoutes } from './inbound/http.ts';
import { deliveryMapping } from './outbound/delivery-mapping.ts';
import { storeService } from './service.ts';
import type { StorePorts } from './usecases/ports.ts';

/** Puts store together; production and the simulation bring different adapters. */
export function assembleStore(ports: StorePorts): ServiceParts<Delivery> {
  const service = storeService(ports);
  return {
    routes: deliveryRoutes(service),
    events: { unitOfWork: ports.deliveries, subscriptions: service.subscriptions },
    jobs: service.jobs,
  };
}

/** A parcel waits from the moment at which it was to leave. */
const waitingColumns = { table: 'deliveries', state: 'state', due: 'ship_at', since: 'ship_at' };

export const store: ServiceDefinition<Delivery, typeof StoreConfig> = {
  name: 'store',
  description: 'Deliveries: what the agency (대리점) ships',
  config: StoreConfig,
  migrations,
  history: ({ STORE_MANUAL, STORE_SHIP_DELAY_MS }) => ({
    mapping: deliveryMapping,
    ...deliveryHistory(() => (STORE_MANUAL ? null : Date.now() + STORE_SHIP_DELAY_MS)),
    open: {
      column: 'state',
      states: {
        Payed: 'paid, to be shipped',
        AwaitingPayment: 'ordered, no payment heard of',
        AwaitingOrder: 'paid, no order heard of',
      },
    },
  }),
  build: ({ config, database, bus, environment }) => ({
    ...assembleStore({
      deliveries: createUnitOfWork({ database, mapping: deliveryMapping, source: 'store', environment }),
      reader: createRecordReader(database, deliveryMapping),
      due: createDueReader(database, deliveryMapping, 'ship_at'),
      caughtUp: createCaughtUp({ bus, group: 'store', environment }),
      environment,
      shipping: { manual: config.STORE_MANUAL, delayMs: config.STORE_SHIP_DELAY_MS },
    }),
    waiting: createWaitingReader(database, waitingColumns, ['Payed']),
  }),
};
