import type { DueReader, RecordReader, UnitOfWork } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Delivery } from '../domain/delivery.ts';

export interface ShippingRule {
  /** The agency ships by hand; nothing leaves by itself. */
  readonly manual: boolean;
  /** From the arrival of the paid order until it leaves by itself. */
  readonly delayMs: number;
}

export interface StorePorts {
  readonly deliveries: UnitOfWork<Delivery>;
  readonly reader: RecordReader<Delivery>;
  /** Paid deliveries that are to leave by themselves. */
  readonly due: DueReader<Delivery>;
  /** Says of which orders all is read that was told before the question: a cancel that came first is known then. */
  caughtUp(): Promise<(orderId: number) => boolean>;
  readonly environment: Environment;
  readonly shipping: ShippingRule;
}
