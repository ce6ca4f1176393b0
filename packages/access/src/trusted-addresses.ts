import { BlockList, isIP } from 'node:net';
import type { RequestFacts } from './local-request.ts';

/**
 * Whether a request comes straight from an address or network in a list such as `10.0.3.7, 10.1.0.0/16`. What the gateway passed on does not: it
 * came from somebody else.
 * @throws RangeError if the list cannot be read.
 */
export function trustedAddresses(list: string): (request: RequestFacts) => boolean {
  const trusted = new BlockList();
  const entries = list.split(/[\s,]+/).filter((entry) => entry !== '');
  for (const entry of entries) add(trusted, entry);
  return ({ headers, remoteAddress = '' }) => {
    if (entries.length === 0 || headers['x-forwarded-for'] !== undefined) return false;
    const address = remoteAddress.replace(/^::ffff:/i, '');
    const version = isIP(address);
    return version !== 0 && trusted.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

function add(trusted: BlockList, entry: string): void {
  const [address = '', bits] = entry.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : Number(bits);
  if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most)
    throw new RangeError(`"${entry}" is neither an address nor a network`);
  trusted.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
}
