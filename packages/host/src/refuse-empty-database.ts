import { decodeRecord, type EventType, events } from '@phone82/contracts';
import type { LoggedRecord } from '@phone82/messaging';
import type { Aggregate, Database } from '@phone82/persistence';
import { StartRefused } from '@phone82/runtime';
import type { TObject } from 'typebox';
import type { HostConfig, ServiceBase, ServiceDefinition } from './service-definition.ts';

/** What a service keeps beside its records: a row in any of them says that it has worked here. */
const WORKED = ['inbox', 'outbox', 'dead_letters'];

/**
 * A service whose database is empty while the log holds events that it published has lost its records, or takes the place of
 * another implementation: it would number over old orders and do old work again. Costs a few look-ups where the database is not empty.
 * @throws StartRefused that names the ways out.
 */
export async function refuseEmptyDatabase<A extends Aggregate, Schema extends TObject>(
  { name, history }: Pick<ServiceDefinition<A, Schema>, 'name' | 'history'>,
  { database, bus, config, log }: Pick<ServiceBase<HostConfig>, 'database' | 'bus' | 'config' | 'log'>,
): Promise<void> {
  if (!history) return;
  const { table } = history(config as never).mapping;
  if (!(await isEmpty(database, table))) return;
  const found = await ownEvent(name, bus);
  // A copy that started at the same time may have published it meanwhile.
  if (!found || !(await isEmpty(database, table))) return;
  if (config.EMPTY_DATABASE === 'accept') {
    log.warn({ event: found }, 'the database is empty though the log holds own events, which is accepted');
    return;
  }
  throw new StartRefused(
    `The database of ${name} is empty, but the log holds events that ${name} published (${found}): it would work on old orders again. ` +
      `Fill it with "./phone82 import --from-log", restore a backup, or accept it with EMPTY_DATABASE=accept.`,
  );
}

async function isEmpty({ kysely }: Database, table: string): Promise<boolean> {
  for (const each of [table, ...WORKED]) {
    const row = await kysely
      .selectFrom(each)
      .select(({ lit }) => lit(1).as('one'))
      .limit(1)
      .executeTakeFirst();
    if (row) return false;
  }
  return true;
}

/** The first of the log's events that a service publishes, in words; read no further than to it. */
async function ownEvent(
  service: string,
  { history }: ServiceBase<HostConfig>['bus'],
): Promise<string | undefined> {
  const own = new Set((Object.keys(events) as EventType[]).filter((type) => events[type].from === service));
  if (own.size === 0) return undefined;
  for (const stretch of await history.stretches())
    for await (const records of history.read(stretch))
      for (const record of records) {
        const found = eventOf(record);
        if (found && own.has(found.eventType)) return `${found.eventType} of order ${found.orderId}`;
      }
  return undefined;
}

function eventOf(record: LoggedRecord): { eventType: EventType; orderId: number } | undefined {
  const decoded = decodeRecord(record, record);
  if (decoded.kind !== 'event') return undefined;
  return { eventType: decoded.event.eventType, orderId: decoded.orderId };
}
