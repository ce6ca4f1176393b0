import { readFile, stat } from 'node:fs/promises';
import { decodeJwt, importJWK, type JWK, jwtVerify } from 'jose';
import { BoundedCache } from './bounded-cache.ts';
import type { Principal } from './principal.ts';
import { SERVICE_ALGORITHM, SERVICE_TOKEN_TYPE } from './service-signer.ts';
import type { TokenVerifier } from './user-tokens.ts';

/** The public keys that a service may sign with, the present one and its successor, by the service's name. */
export type ServiceKeys = Readonly<Record<string, readonly JWK[]>>;

/** Gives the keys as they are now. */
export type ServiceKeySource = () => Promise<ServiceKeys>;

const LOOK_AGAIN_MS = 10_000;
const MOST_REMEMBERED = 2_000;
const CLOCK_TOLERANCE_S = 5;

/** The keys in a file, looked at again every 10 s: a key that was taken out no longer counts then. */
export function serviceKeysFile(file: string, now: () => number): ServiceKeySource {
  let known: { readonly keys: ServiceKeys; readonly changedAt: number } | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (known && now() - lookedAt < LOOK_AGAIN_MS) return known.keys;
    lookedAt = now();
    const { mtimeMs } = await stat(file);
    if (!known || known.changedAt !== mtimeMs)
      known = { keys: JSON.parse(await readFile(file, 'utf8')) as ServiceKeys, changedAt: mtimeMs };
    return known.keys;
  };
}

interface Verified {
  readonly principal: Principal;
  readonly expiresAt: number;
  readonly keys: ServiceKeys;
}

/**
 * Verifies the tokens with which services call this one.
 * @param service this one's name: the audience that a token has to have.
 */
export function serviceTokens(service: string, source: ServiceKeySource, now: () => number): TokenVerifier {
  const remembered = new BoundedCache<Verified>(MOST_REMEMBERED);
  let present: ServiceKeys | undefined;
  const look = async () => {
    present = await source();
    return present;
  };
  return {
    known: (token) => {
      void look().catch(() => undefined);
      const found = remembered.get(token);
      if (found && found.expiresAt > now() && found.keys === present) return found.principal;
      if (found) remembered.delete(token);
      return undefined;
    },
    verify: async (token) => {
      const keys = await look();
      const caller = String(decodeJwt(token).iss);
      const { payload } = await jwtVerify(
        token,
        async ({ kid }) => {
          const key = Object.hasOwn(keys, caller) && keys[caller]?.find((candidate) => candidate.kid === kid);
          if (!key) throw new Error('no such key');
          return importJWK(key, SERVICE_ALGORITHM);
        },
        {
          issuer: caller,
          audience: service,
          typ: SERVICE_TOKEN_TYPE,
          algorithms: [SERVICE_ALGORITHM],
          clockTolerance: CLOCK_TOLERANCE_S,
          maxTokenAge: 60,
          requiredClaims: ['sub', 'exp', 'iat'],
          currentDate: new Date(now()),
        },
      );
      const principal = { subject: payload.sub ?? '', roles: [], agency: null, service: caller };
      const expiresAt = ((payload.exp ?? 0) + CLOCK_TOLERANCE_S) * 1_000;
      remembered.set(token, { principal, expiresAt, keys });
      return principal;
    },
  };
}
