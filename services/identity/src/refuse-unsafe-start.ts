import { isIP } from 'node:net';
import { StartRefused } from '@phone82/runtime';
import type { IdentityConfig } from './config.ts';

/** @throws StartRefused in production, and for an address that other machines can reach. */
export function refuseUnsafeStart({ PHONE82_ENV, HOST }: Pick<IdentityConfig, 'PHONE82_ENV' | 'HOST'>): void {
  if (PHONE82_ENV === 'production')
    throw new StartRefused(
      'The embedded issuer does not run in production (PHONE82_ENV=production): set OIDC_ISSUER to an issuer of your own.',
    );
  if (!isLoopback(HOST))
    throw new StartRefused(
      `The embedded issuer does not listen beyond this machine (HOST=${HOST}): set HOST=127.0.0.1, or OIDC_ISSUER to an issuer of your own.`,
    );
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
