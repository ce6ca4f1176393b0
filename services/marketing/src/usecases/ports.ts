import type { HasCaughtUp } from '@phone82/messaging';
import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
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
  /** Mileage that the backlog left to grant. */
  readonly due: DueReader<Mileage>;
  /** Of which orders all is read that was told before the question: a grant or a cancel of another is known then. */
  caughtUp(): Promise<HasCaughtUp>;
  readonly environment: Environment;
  readonly promotion: Promotion;
}
