import type { ServiceDefinition, ServiceParts } from '@phone82/host';
import { createCaughtUp } from '@phone82/messaging';
import { createDueReader, createRecordReader, createUnitOfWork } from '@phone82/persistence';
import { migrations } from '../migrations/index.ts';
import { MarketingConfig } from './config.ts';
import { mileageHistory } from './domain/import-mileage.ts';
import type { Mileage } from './domain/mileage.ts';
import { mileageRoutes } from './inbound/http.ts';
import { createBalances } from './outbound/balances.ts';
import { mileageMapping } from './outbound/mileage-mapping.ts';
import { marketingService } from './service.ts';
import type { MarketingPorts } from './usecases/ports.ts';

/** Puts marketing together; production and the simulation bring different adapters. */
export function assembleMarketing(ports: MarketingPorts): ServiceParts<Mileage> {
  const service = marketingService(ports);
  return {
    routes: mileageRoutes(service),
    events: { unitOfWork: ports.mileages, subscriptions: service.subscriptions },
    jobs: service.jobs,
  };
}

export const marketing: ServiceDefinition<Mileage, typeof MarketingConfig> = {
  name: 'marketing',
  description: 'Mileage: granted for a paid order, taken back with a cancelled one',
  config: MarketingConfig,
  migrations,
  history: ({ PROMOTION_POINTS }) => ({
    mapping: mileageMapping,
    ...mileageHistory(PROMOTION_POINTS),
    open: { column: 'state', states: { Due: 'paid, mileage to be granted' } },
  }),
  build: ({ config, database, bus, environment }) =>
    assembleMarketing({
      mileages: createUnitOfWork({ database, mapping: mileageMapping, source: 'marketing', environment }),
      reader: createRecordReader(database, mileageMapping),
      balances: createBalances(database),
      due: createDueReader(database, mileageMapping, 'due_at'),
      caughtUp: createCaughtUp({ bus, group: 'marketing', environment }),
      environment,
      promotion: { pointsPerOrder: config.PROMOTION_POINTS },
    }),
};
