import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A TCP proxy that misbehaves on demand, as networks do. */
export interface CuttableProxy {
  readonly port: number;
  /** Connections break, and new ones are refused. */
  cut(): void;
  /** Nothing gets through, and nobody is told: what is sent arrives once it is healed. */
  stall(): void;
  /** Every answer takes so much longer. */
  slow(ms: number): void;
  heal(): void;
  close(): Promise<void>;
}

/** Forwards a free port of this machine to another of its ports. */
export async function startCuttableProxy(targetPort: number): Promise<CuttableProxy> {
  const road: Road = { isCut: false, answersLateMs: 0, passable: undefined };
  const sockets = new Set<Socket>();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((incoming) => {
    if (road.isCut) return void incoming.destroy();
    const outgoing = connect(targetPort, '127.0.0.1');
    for (const socket of [incoming, outgoing])
      sockets.add(socket.on('error', () => undefined).on('close', () => sockets.delete(socket)));
    forward(incoming, outgoing, road, () => 0);
    forward(outgoing, incoming, road, () => road.answersLateMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut: () => {
      road.isCut = true;
      drop();
    },
    stall: () => {
      road.passable ??= Promise.withResolvers();
    },
    slow: (ms) => {
      road.answersLateMs = ms;
    },
    heal: () => {
      road.passable?.resolve();
      Object.assign(road, { isCut: false, answersLateMs: 0, passable: undefined });
    },
    close: async () => {
      road.passable?.resolve();
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Road {
  isCut: boolean;
  answersLateMs: number;
  /** Resolves when what is held back may go on; undefined while nothing is held back. */
  passable: PromiseWithResolvers<void> | undefined;
}

function forward(from: Socket, to: Socket, road: Road, lateMs: () => number): void {
  from.on('data', async (chunk: Buffer) => {
    if (road.passable || lateMs() > 0) {
      from.pause();
      await delay(lateMs());
      await road.passable?.promise;
      from.resume();
    }
    if (!to.destroyed && !to.write(chunk)) {
      // Reads no faster than the other side takes it.
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => to.end());
  from.on('close', async () => {
    // Where nothing gets through, the other side does not hear of the end either.
    await road.passable?.promise;
    to.destroy();
  });
}
