import { Problem } from '@phone82/http';
import type { Database } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Issuer } from './issuer.ts';
import { hashOf } from './session-id.ts';
import { sessionTables } from './session-tables.ts';

/** Whose sessions the issuer ended (OpenID Connect Back-Channel Logout 1.0). */
export interface LoggedOut {
  readonly subject: string | undefined;
  readonly sid: string | undefined;
  readonly jti: string;
}

export class LogoutTokenRefused extends Error {
  override readonly name = 'LogoutTokenRefused';
}

const ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'];
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const MAX_AGE_S = 5 * 60;
const CLOCK_SKEW_S = 60;
const RETRY_AFTER_S = 3;
/** Longer than a token is accepted. */
const REMEMBERED_MS = 2 * (MAX_AGE_S + CLOCK_SKEW_S) * 1_000;

export interface LogoutTokens {
  /** @throws LogoutTokenRefused; Problem `service-unavailable` if the issuer's keys can't be had. */
  verify(token: string): Promise<LoggedOut>;
  wasUsed(jti: string): Promise<boolean>;
  noteUsed(jti: string): Promise<void>;
}

export interface LogoutTokensBase {
  readonly issuer: Pick<Issuer, 'metadata'>;
  readonly clientId: string;
  readonly database: Database;
  readonly environment: Pick<Environment, 'now'>;
}

export function createLogoutTokens({
  issuer,
  clientId,
  database,
  environment,
}: LogoutTokensBase): LogoutTokens {
  let keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined;
  const keysAt = (uri: string) => {
    if (keys?.uri !== uri) keys = { uri, get: createRemoteJWKSet(new URL(uri)) };
    return keys.get;
  };
  return {
    verify: async (token) => {
      const { issuer: iss, jwks_uri: uri = '' } = await issuer.metadata();
      return loggedOut(await verified(token, keysAt(uri), { issuer: iss, audience: clientId }));
    },
    wasUsed: async (jti) => {
      const table = sessionTables(database).selectFrom('logout_tokens').select('jti_hash');
      return (await table.where('jti_hash', '=', hashOf(jti)).executeTakeFirst()) !== undefined;
    },
    noteUsed: async (jti) => {
      await sessionTables(database)
        .insertInto('logout_tokens')
        .values({ jti_hash: hashOf(jti), expires_at: environment.now() + REMEMBERED_MS })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  expected: { readonly issuer: string; readonly audience: string },
): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ALGORITHMS,
      maxTokenAge: MAX_AGE_S,
      clockTolerance: CLOCK_SKEW_S,
      requiredClaims: ['iat', 'jti'],
    });
    // A token of another kind is none, whatever it holds.
    if (!/^(logout\+jwt|jwt)$/i.test(protectedHeader.typ ?? 'jwt')) throw new LogoutTokenRefused('typ');
    return payload;
  } catch (error) {
    if (error instanceof LogoutTokenRefused) throw error;
    if (isRefusal(error)) throw new LogoutTokenRefused(error.code);
    throw new Problem('service-unavailable', {}, RETRY_AFTER_S);
  }
}

/** Anything else is that the keys of the issuer can't be had. */
const isRefusal = (error: unknown): error is errors.JOSEError =>
  error instanceof errors.JOSEError && error.code !== 'ERR_JWKS_TIMEOUT' && error.code !== 'ERR_JOSE_GENERIC';

function loggedOut({ sub: subject, sid, jti, nonce, events }: JWTPayload): LoggedOut {
  const isLogout = typeof events === 'object' && events !== null && EVENT in events;
  if (!isLogout) throw new LogoutTokenRefused('events');
  if (nonce !== undefined) throw new LogoutTokenRefused('nonce');
  const session = typeof sid === 'string' ? sid : undefined;
  if (subject === undefined && session === undefined) throw new LogoutTokenRefused('neither sub nor sid');
  return { subject, sid: session, jti: jti as string };
}
