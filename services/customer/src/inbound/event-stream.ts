import { Readable } from 'node:stream';
import { type CustomerResource, Problem } from '@phone82/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OrderView } from '../domain/order-view.ts';

const FULL_PAUSE_S = 3;
const HEARTBEAT_EVERY = 75; // idle looks, 15 s: shorter than the idle limit of usual proxies

/** The places of clients that follow an order: a stream lasts, and asks for its order all the while. */
export interface StreamPlaces {
  /** Takes one until the answer is over. Throws Problem `overloaded` if there is none. */
  take(reply: FastifyReply): void;
}

export function streamPlaces(most: number): StreamPlaces {
  let taken = 0;
  return {
    take: (reply) => {
      if (taken >= most) throw new Problem('overloaded', {}, FULL_PAUSE_S);
      taken += 1;
      reply.raw.once('close', () => {
        taken -= 1;
      });
    },
  };
}

/** Sends an order's changes until the client leaves or the server drains; the client then comes back by itself. */
export function streamChanges(
  request: FastifyRequest,
  reply: FastifyReply,
  draining: AbortSignal,
  watch: (signal: AbortSignal) => AsyncGenerator<OrderView | 'idle'>,
  toResource: (view: OrderView) => CustomerResource,
): FastifyReply {
  const left = new AbortController();
  request.raw.on('close', () => left.abort());
  const changes = watch(AbortSignal.any([left.signal, draining]));
  reply.header('content-type', 'text/event-stream; charset=utf-8');
  reply.header('cache-control', 'no-store');
  reply.header('x-accel-buffering', 'no');
  return reply.send(Readable.from(toEventStream(changes, toResource)));
}

async function* toEventStream(
  changes: AsyncGenerator<OrderView | 'idle'>,
  toResource: (view: OrderView) => CustomerResource,
): AsyncGenerator<string> {
  yield 'retry: 1000\n\n';
  let idle = 0;
  for await (const change of changes) {
    if (change !== 'idle') {
      const resource = toResource(change);
      yield `id: ${resource.version}\nevent: change\ndata: ${JSON.stringify(resource)}\n\n`;
    } else if (++idle % HEARTBEAT_EVERY === 0) {
      yield ': still here\n\n';
    }
  }
}
