import { type ClaimNames, principalOf } from '@phone82/access';
import { decodeJwt } from 'jose';
import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';
import type { Person, Tokens } from './session.ts';

interface Reading {
  readonly now: number;
  readonly claimNames: ClaimNames;
  /** What a refresh replaces: an issuer need not repeat what has not changed. */
  readonly before: Tokens | undefined;
}

const DEFAULT_LIFE_S = 300;
/** Of a token's life: with 30 minutes it is refreshed from the 10th on, so that an issuer may be away for 20. */
const REFRESHED_AFTER = 1 / 3;

/** What the issuer's token endpoint answered, as a session keeps it. */
export function tokensOf(
  response: TokenEndpointResponse & TokenEndpointResponseHelpers,
  { now, claimNames, before }: Reading,
): Tokens {
  const lifeMs = (response.expires_in ?? DEFAULT_LIFE_S) * 1_000;
  const idClaims: Claims = response.claims() ?? {};
  return {
    accessToken: response.access_token,
    accessExpiresAt: now + lifeMs,
    refreshAt: now + lifeMs * REFRESHED_AFTER,
    refreshToken: response.refresh_token ?? before?.refreshToken,
    person: personOf({ id: idClaims, access: claimsOf(response.access_token) }, claimNames, before?.person),
    sid: textIn(idClaims.sid) ?? before?.sid,
  };
}

type Claims = Readonly<Record<string, unknown>>;

/** Roles are those of the access token, for the services go by it; they verify it, so it is only read here. */
function personOf(
  { id, access }: { readonly id: Claims; readonly access: Claims },
  claimNames: ClaimNames,
  before: Person | undefined,
): Person {
  const subject = textIn(id.sub) ?? before?.subject ?? '';
  const principal = principalOf(access, claimNames);
  return {
    subject,
    name: textIn(id.name) ?? textIn(id.preferred_username) ?? before?.name ?? subject,
    roles: principal?.roles ?? [],
    agency: principal?.agency ?? null,
  };
}

function claimsOf(accessToken: string): Claims {
  try {
    return decodeJwt(accessToken);
  } catch {
    return {};
  }
}

const textIn = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
