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
  const { origin, protocol, hostname } = new URL(publicUrl ?? publicAddress(request));
  return { url: origin, isSecure: protocol === 'https:', isLoopback: LOOPBACK.test(hostname) };
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A browser drops secure cookies that come by plain http, and a session in an insecure one could be read on the way. */
export function requireSafeOrigin({ isSecure, isLoopback }: OwnOrigin): void {
  if (isSecure || isLoopback) return;
  const reason = 'sign-in needs https; behind a proxy set PUBLIC_URL or TRUST_PROXY';
  throw new Problem('request-invalid', { reason });
}
