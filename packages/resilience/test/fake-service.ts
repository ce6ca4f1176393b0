import net from 'node:net';
import type { TestContext } from 'node:test';

/** What a fake service does with the bytes of one request. */
export type Behaviour = (socket: net.Socket, request: string) => void;

export interface FakeService {
  readonly baseUrl: string;
  /** Each request as it came over the wire. */
  readonly requests: string[];
  /** How many connections were opened to it. */
  connections: number;
  behave(behaviour: Behaviour): void;
}

export const answerWith =
  (status: number, body = '{}', headers = ''): Behaviour =>
  (socket) =>
    socket.write(
      `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`,
    );
export const saysNothing: Behaviour = () => {};
export const resets: Behaviour = (socket) => socket.resetAndDestroy();

/** A service on a bare socket, so that it can misbehave in every way. */
export async function fakeService(t: TestContext): Promise<FakeService> {
  let behaviour = answerWith(200);
  const sockets = new Set<net.Socket>();
  const requests: string[] = [];
  const server = net.createServer((socket) => {
    service.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.on('data', (data) => {
      requests.push(String(data));
      behaviour(socket, String(data));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as net.AddressInfo;
  const service: FakeService = {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    connections: 0,
    behave: (next) => {
      behaviour = next;
    },
  };
  return service;
}
