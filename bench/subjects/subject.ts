import type { OrderRoute, View } from '../load/load.ts';

/** A system that is measured. */
export interface Subject {
  /** The one that is measured, or the one beside it. */
  readonly role: 'measured' | 'beside';
  /** As the report calls it. */
  readonly label: string;
  url(process: 'app' | 'gateway' | 'customer'): string;
  /** Where an order that was paid, shipped and rewarded is seen, and one that was undone. */
  readonly whole: View;
  readonly undone?: View;
  /** Where it takes orders, if not as phone82 does. */
  readonly orderRoute?: OrderRoute;
  /** Its processes by name, each without its children. */
  readonly pids: Readonly<Record<string, number>>;
  /** From the start until it is ready: the first in an empty folder, the second with its data in place. */
  readonly readySeconds: { readonly first: number; readonly second: number };
  stop(): Promise<void>;
}
