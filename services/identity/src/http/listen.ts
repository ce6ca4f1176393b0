import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Component } from '@phone82/runtime';

const PATIENCE_MS = 1_000;

/** Listens; stopping answers what is under way within a second. @throws Error if the port is taken. */
export async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<Component & { port: number }> {
  server.listen(port, host);
  await once(server, 'listening');
  return {
    name: 'http',
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
      clearTimeout(impatience);
    },
  };
}
