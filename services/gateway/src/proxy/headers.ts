import { bringsSession, isLocalRequest } from '@phone82/access';
import { readRetryAfter } from '@phone82/contracts';
import { DEADLINE_HEADER, publicAddress } from '@phone82/http';
import type { FastifyRequest } from 'fastify';
import { endToEnd } from './hop-by-hop.ts';

type Headers = Record<string, string | string[] | undefined>;

/** What a service is told: where the client sees us, who it is, the ids of the request, and how long its answer is waited for. */
export function requestHeaders<H extends object>(request: FastifyRequest, received: H, timeoutMs: number): H {
  const { protocol, host } = new URL(publicAddress(request));
  const hops = request.ips ? [...request.ips].reverse() : [request.ip];
  const headers: Headers = {
    ...endToEnd(received as Headers),
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-host': host,
    'x-forwarded-for': hops.join(', '),
    'x-correlation-id': request.trace.correlationId,
    traceparent: request.trace.traceparent,
    [DEADLINE_HEADER]: String(Math.max(1, Math.floor(Math.min(timeoutMs, remainingMs(request))))),
  };
  delete headers['x-forwarded-port'];
  const facts = { headers: request.headers, remoteAddress: request.raw.socket.remoteAddress };
  if (isLocalRequest(facts) && !bringsSession(facts)) delete headers.forwarded;
  // It came from elsewhere, whatever we make of its headers: no service may take it for one of this machine.
  else headers.forwarded = 'for=unknown';
  // Cookies are between the browser and the gateway: no service learns of a session.
  delete headers.cookie;
  return headers as H;
}

/** The client's own deadline, where it sent one. */
const remainingMs = ({ trace: { deadlineAt = Number.POSITIVE_INFINITY } }: FastifyRequest) =>
  deadlineAt - performance.now();

/** What concerns one connection alone is not passed on, and no service sets a cookie. */
export function responseHeaders<H extends object>(received: H): H {
  const headers = endToEnd(received as Headers);
  delete headers['set-cookie'];
  if (headers['retry-after'] !== undefined)
    headers['retry-after'] = String(readRetryAfter(headers['retry-after']));
  return headers as H;
}
