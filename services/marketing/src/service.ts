import { cancelMileage } from './usecases/cancel-mileage.ts';
import { findBalance, findMileage, listMileage } from './usecases/find-mileage.ts';
import { followPayments } from './usecases/follow-payments.ts';
import { grantDueMileage } from './usecases/grant-due-mileage.ts';
import type { MarketingPorts } from './usecases/ports.ts';

/** Everything that marketing does. */
export function marketingService(ports: MarketingPorts) {
  return {
    commands: {
      cancelMileage: cancelMileage(ports),
    },
    queries: {
      findMileage: findMileage(ports),
      findBalance: findBalance(ports),
      listMileage: listMileage(ports),
    },
    subscriptions: followPayments(ports),
    jobs: [grantDueMileage(ports)],
  };
}

export type MarketingService = ReturnType<typeof marketingService>;
