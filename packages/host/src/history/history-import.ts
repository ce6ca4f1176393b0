import type { EventOf, EventType } from '@phone82/contracts';
import type { Aggregate, RecordMapping } from '@phone82/persistence';

/**
 * What an event of long ago makes of a record, at the time it happened (milliseconds since 1970, 0 if that is not known). The same
 * record, or undefined where there was none: it makes nothing of it. Pure; has to take every event again and in any order.
 */
export type HistoryFold<A extends Aggregate> = {
  readonly [T in EventType]?: (record: A | undefined, event: EventOf<T>, at: number) => A | undefined;
};

/** How a service makes its records from the log's history, without publishing anything or calling anyone. */
export interface HistoryImport<A extends Aggregate> {
  readonly mapping: RecordMapping<A>;
  /**
   * Folded first, over the whole history: events that records begin with, and those that the service publishes itself, which its
   * consumer would not read later.
   */
  readonly beginning: HistoryFold<A>;
  /** Folded next, as far as the service's group has consumed: the consumer goes on behind it. */
  readonly following: HistoryFold<A>;
  /** Records about which something is still to be done: what, by the value of a column. */
  readonly open: { readonly column: string; readonly states: Readonly<Record<string, string>> };
}
