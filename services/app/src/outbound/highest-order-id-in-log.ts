import { decodeRecord } from '@phone82/contracts';
import type { LogHistory } from '@phone82/messaging';
import type { Database } from '@phone82/persistence';
import { isBelievable } from './highest-order-id.ts';

/** An event of an order comes after the order was begun, by clocks that may differ. */
const EARLIER_MS = 60 * 60 * 1_000;

/**
 * The highest order id that an event of the log names, read from the time of app's newest order on, or from the beginning where app has
 * none; undefined if the log can't be read. What is older than the newest order was numbered below it, by this app or when it was filled.
 */
export async function highestOrderIdInLog(
  history: LogHistory,
  { kysely }: Pick<Database, 'kysely'>,
  now: () => number,
): Promise<number | undefined> {
  try {
    const newest = await kysely
      .selectFrom('orders')
      .select(({ fn }) => fn.max('placed_at').as('at'))
      .executeTakeFirst();
    // The time of an imported order may be a year ahead: a Java service writes the year of the week.
    const since = newest?.at ? Math.min(Number(newest.at), now()) - EARLIER_MS : undefined;
    let highest = 0;
    for (const stretch of await history.stretches(since))
      for await (const records of history.read(stretch))
        for (const record of records) {
          const decoded = decodeRecord(record, record);
          if (decoded.kind === 'event' && isBelievable(decoded.orderId))
            highest = Math.max(highest, decoded.orderId);
        }
    return highest;
  } catch {
    return undefined;
  }
}
