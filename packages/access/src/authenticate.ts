import { Problem } from '@phone82/contracts';
import { decodeProtectedHeader } from 'jose';
import { KeysUnavailable } from './issuer-keys.ts';
import { bringsSession, isLocalRequest, type RequestFacts } from './local-request.ts';
import { ANY_SERVICE, DEMO_SUBJECT, demoPrincipal, type Principal } from './principal.ts';
import { SERVICE_TOKEN_TYPE } from './service-signer.ts';
import type { TokenVerifier } from './user-tokens.ts';

/**
 * Says who sends a request; undefined: nobody who is known.
 * @throws Problem `not-signed-in` for a token that does not count, `service-unavailable` while that cannot be found out.
 */
export type Authenticate = (request: RequestFacts) => Principal | undefined | Promise<Principal>;

export interface AuthenticateOptions {
  /** Of people. Absent: no token of theirs counts. */
  readonly users?: TokenVerifier | undefined;
  /** Of services. Absent: no token of theirs counts. */
  readonly services?: TokenVerifier | undefined;
  /** Whether tokenless requests of this machine act as the demo customer with all staff roles. */
  readonly localDemo: boolean;
  /** Whether a tokenless request comes from a Java service that is let in. Default: none is. */
  readonly isTrusted?: (request: RequestFacts) => boolean;
}

const BEARER = /^Bearer +([\w.~+/=-]+)$/i;
const ISSUER_PAUSE_S = 5;

/** A Java service that is let in by its address: it may do what any service may, and no more. */
const trustedService: Principal = { subject: DEMO_SUBJECT, roles: [], agency: null, service: ANY_SERVICE };

export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { users, services, localDemo, isTrusted } = options;
  return (request) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      if (localDemo && isLocalRequest(request) && !bringsSession(request)) return demoPrincipal;
      return isTrusted?.(request) ? trustedService : undefined;
    }
    const [, token] = (typeof authorization === 'string' && BEARER.exec(authorization)) || [];
    if (token === undefined) throw new Problem('not-signed-in');
    return users?.known(token) ?? services?.known(token) ?? verify(token, users, services);
  };
}

async function verify(
  token: string,
  users: TokenVerifier | undefined,
  services: TokenVerifier | undefined,
): Promise<Principal> {
  const verifier = typeOf(token) === SERVICE_TOKEN_TYPE ? services : users;
  if (!verifier) throw new Problem('not-signed-in');
  try {
    return await verifier.verify(token);
  } catch (error) {
    if (error instanceof KeysUnavailable) throw new Problem('service-unavailable', {}, ISSUER_PAUSE_S);
    throw new Problem('not-signed-in');
  }
}

function typeOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
}
