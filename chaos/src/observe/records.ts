import type { Api } from '../../../platform/src/story/api.ts';

// biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
export type Fields = Readonly<Record<string, any>>;
/** By the order's number. */
export type Records = ReadonlyMap<number, Fields>;

const collections = {
  app: 'orders',
  pay: 'payments',
  store: 'storeManages',
  marketing: 'marketings',
  customer: 'customers',
} as const;

export type Owner = keyof typeof collections;

const SIZE = 100;

/** What a service lists, the newest order first, down to a number. @throws Error where it does not answer well. */
export async function recordsFrom(api: Api, owner: Owner, lowest = 1): Promise<Map<number, Fields>> {
  const found = new Map<number, Fields>();
  for (let page = 0; ; page++) {
    const items = await pageOf(api, owner, page);
    for (const item of items) if (item.id >= lowest) found.set(item.id, item);
    if (items.length < SIZE || items.at(-1)?.id < lowest) return found;
  }
}

async function pageOf(api: Api, owner: Owner, page: number): Promise<readonly Fields[]> {
  const name = collections[owner];
  const path = `/${name}?page=${page}&size=${SIZE}&sort=id,desc`;
  const { status, body } = await api.get(owner, path);
  if (status !== 200) throw new Error(`${owner} answered ${path} with ${status}`);
  return body._embedded[name];
}

/** Orders by their numbers, also those that never formed; a number that was never given away is missing. */
export async function ordersNumbered(api: Api, ids: Iterable<number>): Promise<Map<number, Fields>> {
  const found = new Map<number, Fields>();
  const waiting = [...ids];
  const worker = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const { status, body } = await api.get('app', `/orders/${id}`);
      if (status === 200) found.set(id, body);
      else if (status !== 404) throw new Error(`app answered /orders/${id} with ${status}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return found;
}

/** The numbers up to the highest that are not among these. */
export function gapsIn(ids: Iterable<number>, highest: number): number[] {
  const known = new Set(ids);
  return Array.from({ length: highest }, (_, index) => index + 1).filter((id) => !known.has(id));
}
