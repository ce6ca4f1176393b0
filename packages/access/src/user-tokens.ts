import { jwtVerify } from 'jose';
import { BoundedCache } from './bounded-cache.ts';
import { type ClaimNames, principalOf } from './claims.ts';
import { type IssuerKeysOptions, issuerKeys } from './issuer-keys.ts';
import type { Principal } from './principal.ts';

export interface UserTokenOptions extends Omit<IssuerKeysOptions, 'onChange'> {
  readonly audience: string;
  /** Their `typ` (RFC 9068: `at+jwt`). */
  readonly type: string;
  readonly claims: ClaimNames;
}

/** Who a token is of, as far as it was verified before. */
export interface TokenVerifier {
  /** At once, for a token that was verified and has not expired; else undefined. */
  known(token: string): Principal | undefined;
  /**
   * @throws Error if the token does not count; KeysUnavailable if that cannot be found out now.
   */
  verify(token: string): Promise<Principal>;
}

/** Signatures with a key pair only: with HMAC the issuer's public key would do as a secret. */
const ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'];
const MOST_REMEMBERED = 5_000;
const LONGEST_TOKEN = 8_192;
const CLOCK_TOLERANCE_S = 5;

interface Verified {
  readonly principal: Principal;
  readonly expiresAt: number;
}

/** Verifies the access tokens of people (RFC 9068). What was verified is remembered until it expires, or its key is withdrawn. */
export function userTokens(options: UserTokenOptions): TokenVerifier {
  const { issuer, audience, type, claims, now } = options;
  let remembered = new BoundedCache<Verified>(MOST_REMEMBERED);
  const keys = issuerKeys({
    ...options,
    onChange: () => {
      remembered = new BoundedCache<Verified>(MOST_REMEMBERED);
    },
  });
  const verify = async (token: string): Promise<Principal> => {
    if (token.length > LONGEST_TOKEN) throw new Error('the token is too long');
    const before = remembered;
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: type,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now()),
    });
    const principal = principalOf(payload, claims);
    if (!principal) throw new Error('the subject cannot own records');
    const expiresAt = ((payload.exp ?? 0) + CLOCK_TOLERANCE_S) * 1_000;
    // Keys that changed meanwhile may no longer hold this one.
    before.set(token, { principal, expiresAt });
    return principal;
  };
  return {
    known: (token) => {
      const found = remembered.get(token);
      if (found && found.expiresAt > now()) return found.principal;
      if (found) remembered.delete(token);
      return undefined;
    },
    verify,
  };
}
