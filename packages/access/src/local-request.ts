import { isIP } from 'node:net';
import { isLoopbackHost } from './access-config.ts';

export interface RequestFacts {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the socket itself, whatever a header says. */
  readonly remoteAddress: string | undefined;
}

/** The cookie of a browser session; where it is secure, its name has the prefix `__Host-`. */
export const SESSION_COOKIE = 'phone82';
const SESSION_IN_COOKIES = new RegExp(`(^|;\\s*)(__Host-)?${SESSION_COOKIE}=`);

/**
 * Whether a request was made on this machine by a program or a page of our own: from loopback to a loopback name, and not by a page of
 * another origin, also where that page's name was made to resolve to this machine (DNS rebinding).
 */
export function isLocalRequest({ headers, remoteAddress = '' }: RequestFacts): boolean {
  if (!isLoopbackAddress(remoteAddress)) return false;
  if (headers.forwarded !== undefined || headers.via !== undefined) return false;
  const through = single(headers['x-forwarded-for']);
  if (!through?.split(',').every((address) => address === '' || isLoopbackAddress(address.trim())))
    return false;
  const hosts = [headers.host, headers['x-forwarded-host']].map(single);
  if (!hosts.every((host) => host !== undefined && (host === '' || isLocalName(host)))) return false;
  return isOwnPage(headers, hosts);
}

/** A cookie of a session, also of one that is over, is no reason to act as somebody else. */
export function bringsSession({ headers }: Pick<RequestFacts, 'headers'>): boolean {
  const cookies = single(headers.cookie);
  return cookies === undefined || SESSION_IN_COOKIES.test(cookies);
}

/** Programs send neither header; browsers send at least one with whatever another origin can make them send. */
function isOwnPage(headers: RequestFacts['headers'], hosts: readonly (string | undefined)[]): boolean {
  const site = single(headers['sec-fetch-site']);
  if (site !== '' && site !== 'same-origin' && site !== 'none') return false;
  const origin = single(headers.origin);
  return origin === '' || hosts.some((host) => origin === `http://${host}` || origin === `https://${host}`);
}

/** Empty if it did not come; undefined if it came more than once. */
function single(value: string | readonly string[] | undefined): string | undefined {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : undefined;
}

const isLocalName = (host: string) => isLoopbackHost(host.replace(/:\d{1,5}$/, ''));

const isLoopbackAddress = (address: string): boolean => {
  const plain = address.replace(/^::ffff:/i, '');
  return isIP(plain) !== 0 && isLoopbackHost(plain);
};
