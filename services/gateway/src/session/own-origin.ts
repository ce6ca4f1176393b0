import { isLoopbackHost } from '@phone82/access';
import { Problem, publicAddress } from '@phone82/http';
import type { FastifyRequest } from 'fastify';

/** Where browsers see the gateway. */
export interface OwnOrigin {
  /** `https://host:port`, without a port that goes without saying. */
  readonly url: string;
  readonly isSecure: boolean;
  /** On this machine, where browsers take plain http. */
  readonly isLoopback: boolean;
}

/** From the setting PUBLIC_URL, or else from where the request came to. */
export function ownOrigin(request: FastifyRequest, publicUrl: string | undefined): OwnOrigin {
  const address = publicUrl ?? publicAddress(request);
  const known = remembered.get(address);
  if (known) return known;
  const { origin, protocol, hostname } = new URL(address);
  const own = { url: origin, isSecure: protocol === 'https:', isLoopback: isLoopbackHost(hostname) };
  // A client chooses its Host freely, so what is remembered has a bound.
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(address, own);
  return own;
}

const remembered = new Map<string, OwnOrigin>();
const MOST_REMEMBERED = 1_000;

/** A browser drops secure cookies that come by plain http, and a session in an insecure one could be read on the way. */
export function requireSafeOrigin({ isSecure, isLoopback }: OwnOrigin): void {
  if (isSecure || isLoopback) return;
  const reason = 'sign-in needs https; behind a proxy set PUBLIC_URL or TRUST_PROXY';
  throw new Problem('request-invalid', { reason });
}
