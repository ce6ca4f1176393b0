import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface TestIssuer {
  /** Its URL, for OIDC_ISSUER. */
  readonly url: string;
  /** What OIDC_AUDIENCE has to be. */
  readonly audience: string;
  /** The public key that it signs with, as PEM-free JWK text. */
  readonly publicKey: string;
  /** An access token; claims given win over its own, and `undefined` leaves one out. */
  token(claims: JWTPayload, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** A token that a key signed which the issuer never had. */
  forged(claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

const KEY_ID = 'key-1';
const LIFE_S = 600;

/** An OpenID Connect issuer with discovery and keys, and nothing else: it gives whatever token a test asks for. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const audience = 'phone82';
  const { key, publicKey, jwk } = await newKey(KEY_ID);
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const discovery = { issuer: url, jwks_uri: `${url}/keys` };
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (
    claims: JWTPayload,
    signingKey: CryptoKey,
    header: Readonly<Record<string, unknown>> = {},
  ) => {
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ iss: url, aud: audience, iat: now, exp: now + LIFE_S, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: KEY_ID, ...header })
      .sign(signingKey);
  };
  return {
    url,
    audience,
    publicKey,
    token: (claims, header) => sign(claims, key, header),
    forged: async (claims) => sign(claims, (await newKey('other')).key),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return { key: privateKey, publicKey: JSON.stringify(jwk), jwk };
}
