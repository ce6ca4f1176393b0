import { createServer, type Server } from 'node:net';

const BLOCK = 100;
const CLAIM = 99;
const LOWEST = 10;
/** fetch refuses to speak to it. */
const REFUSED_PORT = 10_080;
/** Above are the ports that the system gives to connections. */
const HIGHEST_PORT = 32_000;

/**
 * An offset by which all of these ports are free, in whole hundreds. Until this process ends no other that asks here gets the same ports.
 * All of the ports have to be in one hundred, and none of them its last.
 */
export async function claimOffset(ports: readonly number[]): Promise<number> {
  const block = Math.floor(Math.min(...ports) / BLOCK);
  const blocks = Math.floor(HIGHEST_PORT / BLOCK) - block - LOWEST;
  for (;;) {
    const offset = (LOWEST + Math.floor(Math.random() * blocks)) * BLOCK;
    if (ports.some((port) => port + offset === REFUSED_PORT)) continue;
    const claim = await listening(block * BLOCK + CLAIM + offset);
    if (!claim) continue;
    const tried = await Promise.all(ports.map((port) => listening(port + offset)));
    await Promise.all(tried.map((server) => server && closed(server)));
    if (tried.every(Boolean)) return offset;
    await closed(claim);
  }
}

/** Keeps no process alive. */
function listening(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => resolve(server.unref()));
  });
}

const closed = (server: Server) => new Promise((resolve) => server.close(resolve));
