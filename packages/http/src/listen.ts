import type { AddressInfo } from 'node:net';
import type { Component } from '@phone82/runtime';
import type { DrainTimes } from './drain.ts';
import type { HttpServer } from './http-server.ts';

export interface ListenOptions extends DrainTimes {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface ListeningServer extends Component {
  readonly port: number;
}

/** Serves until stopped; stopping drains. Throws if the port cannot be had. */
export async function listen(
  server: HttpServer,
  { host = '127.0.0.1', port, ...times }: ListenOptions,
): Promise<ListeningServer> {
  await server.listen({ host, port, listenTextResolver: (address) => `listening at ${address}` });
  return {
    name: 'http',
    port: (server.server.address() as AddressInfo).port,
    stop: () => server.drain(times),
  };
}
