import { Problem } from '@phone82/contracts';
import type { FastifyInstance } from 'fastify';

interface Address {
  readonly pattern: URLPattern;
  readonly methods: Set<string>;
}

/**
 * 404 for an address that nothing has, 405 with `Allow` for one that takes other methods; said before the body is
 * looked at, for what it holds does not matter then.
 */
export function answerUnknownAddresses(server: FastifyInstance): void {
  const addresses = new Map<string, Address>();
  server.addHook('onRoute', ({ url, method }) => {
    const address = addresses.get(url) ?? {
      pattern: new URLPattern({ pathname: url }),
      methods: new Set<string>(),
    };
    addresses.set(url, address);
    for (const name of [method].flat()) address.methods.add(name);
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const pathname = (request.url.split('?', 1)[0] ?? '').replace(/(.)\/$/, '$1');
    const methods = new Set<string>();
    for (const address of addresses.values())
      if (address.pattern.test({ pathname })) for (const method of address.methods) methods.add(method);
    if (methods.size === 0) throw new Problem('not-found');
    reply.header('allow', [...methods].sort().join(', '));
    throw new Problem('method-not-allowed');
  });
}
