import { readFileSync } from 'node:fs';
import { importJWK, type JWK, SignJWT } from 'jose';
import { BoundedCache } from './bounded-cache.ts';

/** Their `typ`, by which nobody takes them for a person's. */
export const SERVICE_TOKEN_TYPE = 'service+jwt';
export const SERVICE_ALGORITHM = 'EdDSA';
const LIFE_S = 60;
/** A token is used again while it has at least this much left: longer than any call waits for its turn. */
const REUSE_MS = 30_000;
const MOST_REMEMBERED = 1_000;

/** Signs the calls of one service. */
export interface ServiceSigner {
  /** A token for the service called, on behalf of a person. It counts for 60 s. */
  sign(audience: string, subject: string): Promise<string>;
}

/**
 * Signs with an Ed25519 key. A token for the same service and person is used again for half of its life.
 * @param key the private key as a JWK with its `kid`.
 */
export function createServiceSigner(service: string, key: JWK, now: () => number): ServiceSigner {
  const imported = importJWK(key, SERVICE_ALGORITHM);
  const remembered = new BoundedCache<{ readonly token: Promise<string>; readonly signedAt: number }>(
    MOST_REMEMBERED,
  );
  const sign = async (audience: string, subject: string, at: number) => {
    const issuedAt = Math.floor(at / 1_000);
    return new SignJWT()
      .setProtectedHeader({ alg: SERVICE_ALGORITHM, typ: SERVICE_TOKEN_TYPE, kid: key.kid ?? '' })
      .setIssuer(service)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFE_S)
      .sign(await imported);
  };
  return {
    sign: (audience, subject) => {
      const name = `${audience} ${subject}`;
      const at = now();
      const known = remembered.get(name);
      if (known && at - known.signedAt < REUSE_MS) return known.token;
      const token = sign(audience, subject, at);
      remembered.set(name, { token, signedAt: at });
      return token;
    },
  };
}

/** @throws Error that names the file, if it holds no private key with a kid. */
export function readServiceKey(file: string): JWK {
  const key = JSON.parse(readFileSync(file, 'utf8')) as JWK;
  if (key.crv !== 'Ed25519' || !key.d || !key.kid)
    throw new Error(`${file} holds no private Ed25519 key (JWK with kid)`);
  return key;
}
