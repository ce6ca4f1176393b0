import { createCaughtUp } from '@phone82/messaging';
import { assembleStore } from '../../../services/store/src/build.ts';
import type { Delivery } from '../../../services/store/src/domain/delivery.ts';
import { deliveryMapping } from '../../../services/store/src/outbound/delivery-mapping.ts';
import type { ShippingRule } from '../../../services/store/src/usecases/ports.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedDueReader, simulatedReader } from '../storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../storage/simulated-unit-of-work.ts';
import type { SimulatedService } from './simulated-service.ts';
import { storageOf } from './storage-of.ts';

export function simulatedStore(
  database: SimulatedDatabase<Delivery>,
  shipping: ShippingRule,
): SimulatedService {
  return {
    name: 'store',
    database,
    build: ({ connection, bus }) => ({
      ...storageOf(database, connection),
      parts: assembleStore({
        deliveries: simulatedUnitOfWork(database, 'store', connection),
        reader: simulatedReader(database, deliveryMapping, connection),
        due: simulatedDueReader(database, deliveryMapping, 'ship_at', connection),
        caughtUp: createCaughtUp({ bus, group: 'store', environment: connection.environment }),
        environment: connection.environment,
        shipping,
      }),
    }),
  };
}
