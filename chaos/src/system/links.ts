import { type CuttableProxy, startCuttableProxy } from '@phone82/testkit';

/** Who reaches whom by way of a proxy, as `FROM>TO`. */
export const linkNames = [
  'gateway>app',
  'app>pay',
  'pay>marketing',
  'pay>psp-simulator',
  'psp-simulator>pay',
  'app>postgres',
  'pay>postgres',
  'store>postgres',
  'marketing>postgres',
  'customer>postgres',
] as const;

export type LinkName = (typeof linkNames)[number];
export type Links = ReadonlyMap<LinkName, CuttableProxy>;

/** How the topology of a system under chaos learns of the proxies: their ports by the link's name, as JSON. */
export const LINKS_KEY = 'PHONE82_CHAOS_LINKS';

/** A proxy for each of these links, to the port of the one who is reached. */
export async function startLinks(
  names: readonly LinkName[],
  portOf: (unit: string) => number,
): Promise<Links> {
  const links = names.map(async (name) => {
    const [, to = ''] = name.split('>');
    return [name, await startCuttableProxy(portOf(to))] as const;
  });
  return new Map(await Promise.all(links));
}

export const portsOf = (links: Links): Readonly<Record<string, number>> =>
  Object.fromEntries([...links].map(([name, { port }]) => [name, port]));
