const HOST = /^(?:[\w.~-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;
const MOST_REMEMBERED = 1_000;
const remembered = new Set<string>();

/**
 * Whether a `Host` field value can stand in a URL: a name or an address, with a port up to 65535 or without. Empty is allowed
 * (RFC 9112, section 3.2): the request then names no host.
 */
export function isUsableHost(host: string): boolean {
  if (host === '' || remembered.has(host)) return true;
  if (!HOST.test(host) || !URL.canParse(`http://${host}`)) return false;
  // A client chooses its Host freely, so what is remembered has a bound.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.add(host);
  return true;
}
