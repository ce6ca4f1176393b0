import { decodeRecord, type PhoneEvent } from '@phone82/contracts';
import type { EventBus, LoggedRecord, Stretch } from '@phone82/messaging';
import type { Aggregate, Transaction, UnitOfWork } from '@phone82/persistence';
import type { HistoryFold } from './history-import.ts';

/** What an import met. `orphans`: events of orders of which there is no record. */
export interface HistoryCounts {
  read: number;
  unknownType: number;
  malformed: number;
  orphans: number;
  created: number;
  changed: number;
}

export const noCounts = (): HistoryCounts => ({
  read: 0,
  unknownType: 0,
  malformed: 0,
  orphans: 0,
  created: 0,
  changed: 0,
});

export interface FoldOptions<A extends Aggregate> {
  readonly bus: EventBus;
  readonly unitOfWork: UnitOfWork<A>;
  readonly fold: HistoryFold<A>;
  /** Adds what this stretch comes to. */
  readonly counts: HistoryCounts;
}

interface Told {
  readonly event: PhoneEvent;
  readonly orderId: number;
  readonly at: number;
}

/** Folds one stretch of the log into the records, a batch in a transaction: no more than a batch is held in memory. */
export async function foldStretch<A extends Aggregate>(
  stretch: Stretch,
  { bus, unitOfWork, fold, counts }: FoldOptions<A>,
): Promise<void> {
  for await (const records of bus.history.read(stretch)) {
    const told = readEvents(records, fold, counts);
    if (told.length === 0) continue;
    // A conflict runs the work again: only the last run counts.
    const found = await unitOfWork.run((transaction) => foldEvents(transaction, told, fold));
    counts.orphans += found.orphans;
    counts.created += found.created;
    counts.changed += found.changed;
  }
}

function readEvents<A extends Aggregate>(
  records: readonly LoggedRecord[],
  fold: HistoryFold<A>,
  counts: HistoryCounts,
): Told[] {
  const told: Told[] = [];
  for (const record of records) {
    counts.read += 1;
    const decoded = decodeRecord(record, record);
    if (decoded.kind === 'unknownType') counts.unknownType += 1;
    else if (decoded.kind === 'malformed') counts.malformed += 1;
    else if (decoded.kind === 'event' && decoded.event.eventType in fold)
      told.push({ event: decoded.event, orderId: decoded.orderId, at: decoded.context.occurredAt });
  }
  return told;
}

async function foldEvents<A extends Aggregate>(
  transaction: Transaction<A>,
  told: readonly Told[],
  fold: HistoryFold<A>,
): Promise<{ orphans: number; created: number; changed: number }> {
  await transaction.prefetch(told.map(({ orderId }) => orderId));
  let orphans = 0;
  const [created, changed] = [new Set<number>(), new Set<number>()];
  for (const { event, orderId, at } of told) {
    const before = await transaction.get(orderId);
    const step = fold[event.eventType] as (
      record: A | undefined,
      event: PhoneEvent,
      at: number,
    ) => A | undefined;
    const after = step(before, event, at);
    if (!after) orphans += 1;
    if (!after || after === before) continue;
    transaction.put(after);
    (before && !created.has(orderId) ? changed : created).add(orderId);
  }
  return { orphans, created: created.size, changed: changed.size };
}
