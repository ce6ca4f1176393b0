import { createServiceSigner } from '@phone82/access';
import type { TestIssuer } from '@phone82/testkit';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** Services that sign calls, and their keys. */
export interface ServiceSigners {
  /** What SERVICE_KEYS_FILE holds. */
  readonly keysFile: string;
  /** What SERVICE_KEY_FILE of a service holds. */
  keyFileOf(service: string): string;
  /** A token of a service that calls another. */
  token(caller: string, called: string, subject: string): Promise<string>;
}

export async function serviceSigners(names: readonly string[]): Promise<ServiceSigners> {
  const keys: Record<string, JWK[]> = {};
  const own = new Map<string, JWK>();
  for (const name of names) {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    own.set(name, { ...(await exportJWK(privateKey)), kid: `${name}-1` });
    keys[name] = [{ ...(await exportJWK(publicKey)), kid: `${name}-1` }];
  }
  return {
    keysFile: JSON.stringify(keys),
    keyFileOf: (service) => JSON.stringify(own.get(service)),
    token: (caller, called, subject) =>
      createServiceSigner(caller, own.get(caller) as JWK, Date.now).sign(called, subject),
  };
}

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const everyRole = { sub: 'mallory', roles: ['customer', 'agency', 'marketing', 'operator'], agency: 'main' };

/** Tokens that must count nowhere, though they claim every role; undefined: none at all. */
export async function uselessTokens(
  issuer: TestIssuer,
): Promise<Readonly<Record<string, string | undefined>>> {
  const claims = (more: JWTPayload) => issuer.token({ ...everyRole, ...more });
  const plain = {
    iss: issuer.url,
    aud: issuer.audience,
    iat: inSeconds(0),
    exp: inSeconds(300),
    ...everyRole,
  };
  const asSecret = new TextEncoder().encode(issuer.publicKey);
  return {
    'no token': undefined,
    'no JWT': 'letmein',
    expired: await claims({ iat: inSeconds(-900), exp: inSeconds(-60) }),
    'not yet valid': await claims({ nbf: inSeconds(300) }),
    'without expiry': await claims({ exp: undefined }),
    'wrong audience': await claims({ aud: 'elsewhere' }),
    'wrong issuer': await claims({ iss: 'http://issuer.example' }),
    'alg none': new UnsecuredJWT(plain).encode(),
    'HMAC with the public key': await new SignJWT(plain)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'key-1' })
      .sign(asSecret),
    'unknown key id': await issuer.token(everyRole, { kid: 'key-99' }),
    'known key id, other key': await issuer.forged(everyRole),
    'another type of token': await issuer.token(everyRole, { typ: 'JWT' }),
    'a subject that cannot own records': await claims({ sub: 'x'.repeat(65) }),
  };
}

/** People who are signed in, by what they are. */
export const people = {
  'a person without a role': { sub: 'nobody', roles: [] },
  'the customer': { sub: 'alice', roles: ['customer'] },
  'another customer': { sub: 'bob', roles: ['customer'] },
  'the agency': { sub: 'agent', roles: ['agency'], agency: 'main' },
  'another agency': { sub: 'rival', roles: ['agency'], agency: 'other' },
  'an agency person without an agency': { sub: 'lost', roles: ['agency'] },
  marketing: { sub: 'promoter', roles: ['marketing'] },
  'the operator': { sub: 'root', roles: ['operator'] },
} as const satisfies Readonly<Record<string, JWTPayload>>;
