import { SESSION_COOKIE } from '@phone82/access';
import { Problem } from '@phone82/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, cookieName, cookiesOf } from './cookies.ts';
import type { InTime } from './in-time.ts';
import { type OwnOrigin, ownOrigin } from './own-origin.ts';
import { requireSameOrigin } from './same-origin.ts';
import type { Session } from './session.ts';
import type { SessionKeeper } from './session-keeper.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The browser's session, for which the request acts. */
    session: Session | undefined;
  }
}

export interface SessionGuard {
  originOf(request: FastifyRequest): OwnOrigin;
  /** The cookie of a session that the browser brought; undefined if there is none. */
  cookieOf(request: FastifyRequest): string | undefined;
  /**
   * The session that a request acts for; undefined without a cookie.
   * @throws Problem `request-not-same-origin`, `not-signed-in` if the cookie is of no session, `service-unavailable` if that is not known.
   */
  sessionOf(request: FastifyRequest, reply: FastifyReply): Promise<Session | undefined>;
  /** For a request that is passed on: it acts by the token of its session, unless it brought a token of its own. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

export interface SessionGuardBase {
  readonly keeper: SessionKeeper;
  readonly publicUrl: string | undefined;
  readonly inTime: InTime;
}

export function createSessionGuard({ keeper, publicUrl, inTime }: SessionGuardBase): SessionGuard {
  const originOf = (request: FastifyRequest) => ownOrigin(request, publicUrl);
  const cookieAt = (request: FastifyRequest, origin: OwnOrigin) =>
    cookiesOf(request)[cookieName(origin, SESSION_COOKIE)];
  const sessionOf = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.headers.cookie === undefined) return undefined;
    const origin = originOf(request);
    const cookie = cookieAt(request, origin);
    if (cookie === undefined) return undefined;
    requireSameOrigin(request, origin);
    const found = keeper.find(cookie);
    const session = found instanceof Promise ? await inTime(found) : found;
    if (session) return session;
    clearCookie(reply, origin, SESSION_COOKIE);
    throw new Problem('not-signed-in');
  };
  return {
    originOf,
    cookieOf: (request) => cookieAt(request, originOf(request)),
    sessionOf,
    admit: async (request, reply) => {
      if (request.headers.cookie === undefined || request.headers.authorization !== undefined) return;
      const session = await sessionOf(request, reply);
      if (!session) return;
      request.session = session;
      request.headers.authorization = `Bearer ${session.accessToken}`;
    },
  };
}
