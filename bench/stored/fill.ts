import { serviceNames } from '@phone82/service-list';
import { type SystemUnderTest, succeeded } from '../../e2e/system-under-test.ts';
import { offer } from '../load/offer.ts';
import { copyLog, messageIdsOf } from './copy-log.ts';
import { copyRows, type Template } from './copy-rows.ts';
import { copySqliteRows } from './copy-sqlite.ts';
import { databasesOf, sqliteFileOf } from './databases.ts';

const SERVICES = [...serviceNames, 'psp-simulator'];

const FILES = ['store', 'marketing', 'psp-simulator'] as const;

/**
 * Stores so many orders in every database and in the log, as if each had been ordered, shipped and consumed: copies of one
 * that was, under numbers of their own. The services are down meanwhile, and find a longer past when they are back.
 */
export async function fillPhone82(
  system: SystemUnderTest,
  count: number,
  tell: (line: string) => void,
): Promise<void> {
  const database = await databasesOf(system);
  const id = await orderToCopy(system, database('customer'));
  for (const service of SERVICES) succeeded(await system.run('stop', service));
  const template: Template = { id, count, messageIds: await messageIdsOf(database('bus'), id) };
  const told = async (what: string, work: Promise<void>) => {
    await work;
    tell(`  ${what}: copied`);
  };
  await Promise.all([
    told('the log', copyLog(database('bus'), template)),
    told('app, pay and customer', copyRows(database, template)),
    ...FILES.map((name) => told(name, copySqliteRows(sqliteFileOf(system, name), name, template))),
  ]);
  for (const service of SERVICES.toReversed()) succeeded(await system.run('start', service));
}

/** Places a few orders, waits until they are whole, and takes the last: the copies' numbers follow it. */
async function orderToCopy(system: SystemUnderTest, database: string): Promise<number> {
  const query =
    "select id from order_views where id = any($1::bigint[]) and status = 'Shipped' and point = 300000";
  const { ids } = await offer({
    url: system.url('app').replace('localhost', '127.0.0.1'),
    request: { kind: 'order' },
    pace: { rate: 1 },
    seconds: 3,
    view: { database, query },
  });
  if (ids.length === 0) throw new Error('the order to copy was not taken');
  return Math.max(...ids);
}
