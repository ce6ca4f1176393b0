import type { RecordReader } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { OrderView } from '../domain/order-view.ts';

export interface RebuildProgress {
  readonly state: 'idle' | 'building';
  /** The generation that answers now. */
  readonly active: number;
  /** Records of the log that the new generation has still to read. */
  readonly remaining: number;
}

/** The view's generations: one answers while the next is folded from the beginning of the log. */
export interface ViewGenerations {
  /** Reads the generation that answers. */
  readonly reader: RecordReader<OrderView>;
  /** Begins a new generation; does nothing when one is being built. */
  rebuild(): Promise<RebuildProgress>;
  progress(): Promise<RebuildProgress>;
}

export interface CustomerPorts {
  readonly view: ViewGenerations;
  readonly environment: Environment;
}
