import type { EventBus, Stretch } from '@phone82/messaging';
import { type Aggregate, createUnitOfWork, type Database } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { foldStretch, type HistoryCounts, noCounts } from './fold-stretch.ts';
import type { HistoryImport } from './history-import.ts';

export interface ImportOptions<A extends Aggregate> {
  /** The service's name, and that of its consumer group. */
  readonly name: string;
  readonly history: HistoryImport<A>;
  readonly database: Database;
  readonly bus: EventBus;
  readonly environment: Environment;
}

export interface ImportReport extends HistoryCounts {
  /** Records that the service has now. */
  readonly records: number;
  /** Of these, those about which something is still to be done, by what that is. */
  readonly open: Readonly<Record<string, number>>;
  /** `placed`: the group had consumed nothing, and begins behind what was imported. `kept`: it goes on where it had stopped. */
  readonly group: 'placed' | 'kept';
}

/**
 * Makes a service's records from the log. Publishes nothing, calls no one, and changes nothing when it is repeated. The service must
 * not run meanwhile. @throws Error where its group has a member.
 */
export async function importHistory<A extends Aggregate>(options: ImportOptions<A>): Promise<ImportReport> {
  const { name, history, database, bus, environment } = options;
  const { mapping, beginning, following } = history;
  const whole = await bus.history.stretches();
  const committed = await bus.history.committed(name);
  const unitOfWork = createUnitOfWork({ database, mapping, source: name, environment });
  const [first, then] = [noCounts(), noCounts()];
  for (const stretch of whole)
    await foldStretch(stretch, { bus, unitOfWork, fold: beginning, counts: first });
  for (const stretch of whole.map((one) => consumedOf(one, committed)))
    await foldStretch(stretch, { bus, unitOfWork, fold: following, counts: then });
  const isPlaced = committed.size === 0;
  if (isPlaced)
    await bus.history.moveGroup(name, new Map(whole.map(({ partition, until }) => [partition, until])));
  return {
    ...first,
    orphans: first.orphans + then.orphans,
    changed: first.changed + then.changed,
    created: first.created + then.created,
    ...(await countRecords(database, history)),
    group: isPlaced ? 'placed' : 'kept',
  };
}

/** What the consumer does not read any more; all of it where the group has consumed nothing and is placed behind it. */
function consumedOf(stretch: Stretch, committed: ReadonlyMap<number, number>): Stretch {
  if (committed.size === 0) return stretch;
  return { ...stretch, until: Math.min(stretch.until, committed.get(stretch.partition) ?? 0) };
}

async function countRecords<A extends Aggregate>(
  { kysely }: Database,
  { mapping, open: { column, states } }: HistoryImport<A>,
): Promise<Pick<ImportReport, 'records' | 'open'>> {
  const rows = await kysely
    .selectFrom(mapping.table)
    .select(({ fn }) => [`${column} as state`, fn.countAll().as('count')])
    .groupBy(column)
    .execute();
  const open: Record<string, number> = {};
  let records = 0;
  for (const { state, count } of rows as { state: string; count: unknown }[]) {
    records += Number(count);
    const what = states[state];
    if (what) open[what] = (open[what] ?? 0) + Number(count);
  }
  return { records, open };
}
