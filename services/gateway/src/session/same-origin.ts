import { Problem } from '@phone82/http';
import type { FastifyRequest } from 'fastify';
import type { OwnOrigin } from './own-origin.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets a request that changes something act for a session only if it comes from a page of our own: by its origin, and by a header that a
 * form cannot send.
 * @throws Problem `request-not-same-origin`
 */
export function requireSameOrigin({ method, headers }: FastifyRequest, origin: OwnOrigin): void {
  if (SAFE.has(method)) return;
  const isOwn =
    headers.origin === undefined
      ? headers['sec-fetch-site'] === 'same-origin'
      : headers.origin === origin.url;
  if (!isOwn || headers['x-phone82-request'] !== '1') throw new Problem('request-not-same-origin');
}
