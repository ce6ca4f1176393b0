import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../faults.ts';
import { placeOf, type System } from '../system.ts';
import type { ControlAddress } from './protocol.ts';

/** Answers by path, e.g. `/stop`; the argument is the service named in the query, if any. */
export type ControlHandlers = Readonly<Record<string, (service: string | undefined) => Promise<unknown>>>;

export interface ControlServer {
  close(): Promise<void>;
}

/**
 * Listens on loopback for the commands of whoever may read the data folder. A Unix socket would do without the
 * token, but its path may not be longer than about 100 bytes.
 */
export async function startControlServer(system: System, handlers: ControlHandlers): Promise<ControlServer> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    void answer(request, response, handlers, token);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const file = placeOf(system, 'run', 'supervisor.json');
  const address: ControlAddress = { pid: process.pid, port, token };
  await writeFile(`${file}.new`, JSON.stringify(address), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return {
    close: async () => {
      await rm(file, { force: true });
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: ControlHandlers,
  token: string,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://supervisor');
  const handler = handlers[pathname];
  const reply = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  };
  if (!isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return reply(401, {});
  if (!handler) return reply(404, { ok: false, message: `the supervisor knows no ${pathname}` });
  try {
    reply(200, await handler(searchParams.get('service') ?? undefined));
  } catch (error) {
    reply(error instanceof Fault ? 409 : 500, { ok: false, message: (error as Error).message });
  }
}

const isSame = (given: string, expected: string) =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
