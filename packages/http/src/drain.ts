import { setMaxListeners } from 'node:events';
import net from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

export interface DrainTimes {
  /** How long to go on serving as before, while routers learn that this copy is leaving. Default 0. */
  readonly delayMs?: number;
  /** How long an idle connection may still bring the request that its client is just sending. Default 500. */
  readonly graceMs?: number;
  /** When what is still open is cut off. Default 10 s. */
  readonly deadlineMs?: number;
}

/** Ends a server without losing a request. */
export type Drain = (times?: DrainTimes) => Promise<void>;

const LOOK_AGAIN_MS = 25;

/** Prepares a server for its drain: knows when it began, and sends clients away from then on. */
export function startDrainable(server: FastifyInstance): void {
  const begun = new AbortController();
  setMaxListeners(0, begun.signal);
  server.decorate('draining', begun.signal);
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (begun.signal.aborted) reply.header('connection', 'close');
    done(null, payload);
  });
  server.decorate('drain', async (times: DrainTimes = {}) => {
    const { delayMs = 0, graceMs = 500, deadlineMs = 10_000 } = times;
    const deadline = Date.now() + delayMs + deadlineMs;
    begun.abort();
    await delay(delayMs);
    await closeConnections(server, Math.min(Date.now() + graceMs, deadline), deadline);
    await server.close();
  });
}

/**
 * Takes no new connections and waits for the old ones to end. The listener is closed by net's own close:
 * http's closes idle connections at once, and with them the requests that are already on their way.
 */
async function closeConnections(
  { server: http }: FastifyInstance,
  graceEnds: number,
  deadline: number,
): Promise<void> {
  if (!http.listening) return;
  await acceptWaiting(http);
  let closed = false;
  net.Server.prototype.close.call(http, () => {
    closed = true;
  });
  while (!closed && Date.now() < deadline) {
    await delay(LOOK_AGAIN_MS);
    if (Date.now() >= graceEnds) http.closeIdleConnections();
  }
  http.closeAllConnections();
}

const MOST_TURNS = 100;

/** Closing the listener resets the connections that wait to be accepted: take them first, until none came in a turn. */
async function acceptWaiting(http: net.Server): Promise<void> {
  let came = true;
  const note = () => {
    came = true;
  };
  http.on('connection', note);
  for (let turn = 0; came && turn < MOST_TURNS; turn += 1) {
    came = false;
    await nextTurn();
  }
  http.off('connection', note);
}
