import type { RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Mileage } from '../domain/mileage.ts';

export interface Promotion {
  /** Granted per order, whatever the quantity. */
  readonly pointsPerOrder: number;
}

export interface Balances {
  /** A customer's points over all orders. */
  of(customerId: string): Promise<number>;
}

export interface MarketingPorts {
  readonly mileages: UnitOfWork<Mileage>;
  readonly reader: RecordReader<Mileage>;
  readonly balances: Balances;
  readonly environment: Environment;
  readonly promotion: Promotion;
}
