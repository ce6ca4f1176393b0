import { type SystemUnderTest, succeeded } from '../../e2e/system-under-test.ts';
import { offer } from '../load/offer.ts';
import { copyLog } from './copy-log.ts';
import { copyRows, type Template } from './copy-rows.ts';
import { copySqliteRows } from './copy-sqlite.ts';
import { databasesOf, sqliteFileOf } from './databases.ts';

const SERVICES = ['gateway', 'app', 'pay', 'customer', 'store', 'marketing', 'psp-simulator'];

/**
 * Stores so many orders in every database and in the log, as if each had been ordered, shipped and consumed: copies of one
 * that was, under numbers of their own. The services are down meanwhile, and find a longer past when they are back.
 */
export async function fillPhone82(system: SystemUnderTest, count: number): Promise<void> {
  const database = await databasesOf(system);
  const query =
    "select id from order_views where id = any($1::bigint[]) and status = 'Shipped' and point = 300000";
  const { ids } = await offer({
    url: system.url('app').replace('localhost', '127.0.0.1'),
    request: { kind: 'order' },
    pace: { rate: 1 },
    seconds: 3,
    view: { database: database('customer'), query },
  });
  const [id] = ids;
  if (id === undefined) throw new Error('the order to copy was not taken');
  for (const service of SERVICES) succeeded(await system.run('stop', service));
  const template: Template = { id, count, messageIds: await copyLog(database('bus'), id, count) };
  await copyRows(database, template);
  for (const name of ['store', 'marketing', 'psp-simulator'] as const)
    copySqliteRows(sqliteFileOf(system, name), name, template);
  for (const service of SERVICES.toReversed()) succeeded(await system.run('start', service));
}
