import type { EventType } from '@phone82/contracts';
import type { ForeignRecord } from './foreign-record.ts';

/** How many messages have to be handled, and how many to become dead letters, by a service that listens to these types. */
export function expectedFates(
  records: readonly ForeignRecord[],
  listensTo: (type: EventType) => boolean,
): { readonly handled: number; readonly dead: number } {
  const known = new Set<string>();
  const counts = { handled: 0, dead: 0 };
  for (const { fate, eventType, identity } of records) {
    if (fate === 'skipped' || (eventType && !listensTo(eventType))) continue;
    if (identity !== undefined && known.has(identity)) continue;
    if (identity !== undefined) known.add(identity);
    counts[fate]++;
  }
  return counts;
}
