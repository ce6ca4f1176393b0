import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openDatabase } from '@phone82/persistence';
import { eventually, httpClient } from '@phone82/testkit';
import type { SystemUnderTest } from '../system-under-test.ts';

export interface BookedOrder {
  readonly id: number;
  readonly status: string;
  readonly key: string | null;
}

/** What was done, by those who keep it: app's table of orders, and the books of the PSP. */
export interface Books {
  readonly ordersByKey: ReadonlyMap<string, BookedOrder>;
  readonly ordersById: ReadonlyMap<number, BookedOrder>;
  /** Orders for which money is kept at the PSP. */
  readonly charged: ReadonlySet<number>;
}

const PSP_PORT = 8087;
const POSTGRES_PORT = 8082;
const SETTLED_WITHIN_MS = 60_000;

/** Reads the books once nothing is under way any more. */
export async function readBooks(system: SystemUnderTest): Promise<Books> {
  let orders: readonly BookedOrder[] = [];
  await eventually(
    async () => {
      orders = await ordersOf(system);
      const moving = orders.filter(({ status }) => status === 'Pending' || status === 'OrderCancelled');
      if (moving.length > 0) throw new Error(`${moving.length} orders are still under way`);
    },
    { timeoutMs: SETTLED_WITHIN_MS },
  );
  return {
    ordersByKey: new Map(orders.flatMap((order) => (order.key ? [[order.key, order] as const] : []))),
    ordersById: new Map(orders.map((order) => [order.id, order])),
    charged: await chargedOrders(system),
  };
}

async function ordersOf({ environment, offset }: SystemUnderTest): Promise<readonly BookedOrder[]> {
  const file = path.join(String(environment.PHONE82_HOME), 'postgres', 'cluster', 'phone82-password');
  const password = (await readFile(file, 'utf8')).trim();
  const url = `postgres://phone82:${password}@127.0.0.1:${POSTGRES_PORT + offset}/phone82_app`;
  const database = openDatabase(url, { poolSize: 1 });
  try {
    const rows = await database.kysely.selectFrom('orders').select(['id', 'status', 'request_key']).execute();
    return rows.map(({ id, status, request_key }) => ({ id, status, key: request_key }));
  } finally {
    await database.close();
  }
}

const PAGE = 10_000;

async function chargedOrders({ offset }: SystemUnderTest): Promise<ReadonlySet<number>> {
  const psp = httpClient(`http://127.0.0.1:${PSP_PORT + offset}`);
  const charged = new Set<number>();
  for (let after = ''; ; ) {
    const { body } = await psp.get(`/simulator/balances?limit=${PAGE}${after && `&startingAfter=${after}`}`);
    const balances = body.balances as readonly { orderId: string; net: number }[];
    for (const { orderId, net } of balances) if (net > 0) charged.add(Number(orderId.split('-').at(-1)));
    if (balances.length < PAGE) return charged;
    after = encodeURIComponent(String(balances.at(-1)?.orderId));
  }
}
