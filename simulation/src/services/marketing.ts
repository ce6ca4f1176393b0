import { createCaughtUp } from '@phone82/messaging';
import { assembleMarketing } from '../../../services/marketing/src/build.ts';
import { type Mileage, pointOf } from '../../../services/marketing/src/domain/mileage.ts';
import { mileageMapping } from '../../../services/marketing/src/outbound/mileage-mapping.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedDueReader, simulatedReader } from '../storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../storage/simulated-unit-of-work.ts';
import { recordsOf, type SimulatedService } from './simulated-service.ts';
import { storageOf } from './storage-of.ts';

export const POINTS_PER_ORDER = 300_000;

export function simulatedMarketing(database: SimulatedDatabase<Mileage>): SimulatedService {
  return {
    name: 'marketing',
    database,
    build: ({ connection, bus }) => ({
      ...storageOf(database, connection),
      parts: assembleMarketing({
        mileages: simulatedUnitOfWork(database, 'marketing', connection),
        reader: simulatedReader(database, mileageMapping, connection),
        balances: {
          of: (customerId) =>
            connection.calls.to(database.server, connection.process, 'marketing: balance', () =>
              recordsOf(database)
                .filter((mileage) => mileage.customerId === customerId)
                .reduce((sum, mileage) => sum + pointOf(mileage), 0),
            ),
        },
        due: simulatedDueReader(database, mileageMapping, 'due_at', connection),
        caughtUp: createCaughtUp({ bus, group: 'marketing', environment: connection.environment }),
        environment: connection.environment,
        promotion: { pointsPerOrder: POINTS_PER_ORDER },
      }),
    }),
  };
}
