type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Fields about one connection alone (RFC 9110, section 7.6.1). `Expect` is among them: the server that the client talks to has answered
 * it already (section 10.1.1).
 */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
]);

/** The fields that are passed on: neither about one connection alone, nor named by `Connection`. */
export function endToEnd(received: Headers): Record<string, string | string[] | undefined> {
  const named = namedBy(received.connection);
  const headers: Record<string, string | string[] | undefined> = {};
  for (const name in received) if (!HOP_BY_HOP.has(name) && !named?.has(name)) headers[name] = received[name];
  return headers;
}

/** `keep-alive` and `close`, which most connections say, name no field that is not among the fixed ones. */
function namedBy(connection: string | string[] | undefined): ReadonlySet<string> | undefined {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return undefined;
  const names = String(connection).toLowerCase().split(',');
  return new Set(names.map((name) => name.trim()));
}
