import { callRemote, type ServiceDefinition } from '@phone82/host';
import { createDueReader, createRecordReader, createUnitOfWork } from '@phone82/persistence';
import { migrations } from '../migrations/index.ts';
import { PayConfig } from './config.ts';
import type { Payment } from './domain/payment.ts';
import { paymentRoutes } from './inbound/http.ts';
import { pspSimulatorRoutes } from './inbound/psp-simulator-http.ts';
import { createMarketingClient } from './outbound/marketing-client.ts';
import { paymentMapping } from './outbound/payment-mapping.ts';
import { createPspBooks } from './outbound/psp-books.ts';
import { createPspSimulator } from './outbound/psp-simulator.ts';
import { payService } from './service.ts';

export const pay: ServiceDefinition<Payment, typeof PayConfig> = {
  name: 'pay',
  description: 'Payments: taken at the PSP, and given back after their mileage',
  config: PayConfig,
  migrations,
  build: (base) => {
    const { database, environment } = base;
    const marketing = callRemote('marketing', base);
    const psp = createPspSimulator(createPspBooks(database), environment);
    const payments = createUnitOfWork({ database, mapping: paymentMapping, source: 'pay', environment });
    const service = payService({
      payments,
      reader: createRecordReader(database, paymentMapping),
      due: createDueReader(database, paymentMapping, 'due_at'),
      psp,
      mileage: createMarketingClient(marketing),
      environment,
    });
    return {
      routes: (server) => {
        paymentRoutes(service)(server);
        pspSimulatorRoutes(psp.instruct)(server);
      },
      events: { unitOfWork: payments, subscriptions: service.subscriptions },
      jobs: service.jobs,
      remotes: [marketing],
    };
  },
};
