import { timingSafeEqual } from 'node:crypto';
import type { PspErrorCode } from './error-codes.ts';

/** Checks `Basic base64(secretKey + ":")`; undefined if it is right. */
export function authenticationFault(
  authorization: string | undefined,
  secretKey: string,
): PspErrorCode | undefined {
  const [scheme, encoded = ''] = (authorization ?? '').split(' ');
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  if (scheme?.toLowerCase() !== 'basic' || !decoded.includes(':')) return 'INCORRECT_BASIC_AUTH_FORMAT';
  return isSame(decoded, `${secretKey}:`) ? undefined : 'UNAUTHORIZED_KEY';
}

function isSame(given: string, wanted: string): boolean {
  const [first, second] = [Buffer.from(given), Buffer.from(wanted)];
  return first.length === second.length && timingSafeEqual(first, second);
}
