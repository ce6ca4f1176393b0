import rateLimit from '@fastify/rate-limit';
import { SESSION_COOKIE } from '@phone82/access';
import { type HttpServer, Problem } from '@phone82/http';
import type { Log } from '@phone82/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { setCookie } from './cookies.ts';
import { type Issuer, SignInRefused } from './issuer.ts';
import { requireSafeOrigin } from './own-origin.ts';
import { CALLBACK_PATH } from './paths.ts';
import type { Exchange, PendingSignIns } from './pending-sign-in.ts';
import { safeReturnTo } from './return-to.ts';
import type { Tokens } from './session.ts';
import type { SessionGuard, SessionGuardBase } from './session-guard.ts';
import { hashOf, isSessionId } from './session-id.ts';
import { answerFailedSignIns } from './sign-in-page.ts';

export interface SignInBase extends SessionGuardBase {
  readonly guard: SessionGuard;
  readonly issuer: Issuer;
  readonly pending: PendingSignIns;
  readonly scope: string;
  readonly requestsPerMinute: number;
  readonly log: Log;
}

type Query = Readonly<Record<string, unknown>>;
/** The query holds a ticket or a code: no log line may show it. */
const config = { secretQuery: true, access: 'public' } as const;
/** A HEAD would use the code up. */
const route = { schema: { hide: true }, config, exposeHeadRoute: false };
const TICKET = /^[\w.~-]{1,256}$/;

/** The two ends of a sign-in: a browser is sent to the issuer, and comes back from it with a code. */
export async function addSignInRoutes(server: HttpServer, base: SignInBase): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(rateLimit, { max: base.requestsPerMinute, timeWindow: '1 minute' });
    answerFailedSignIns(scope as HttpServer);
    const exchangeOf = (request: FastifyRequest, reply: FastifyReply): Exchange => {
      reply.header('cache-control', 'no-store');
      return { request, reply, origin: base.guard.originOf(request) };
    };
    scope.get('/session/sign-in', route, (request, reply) => beginSignIn(base, exchangeOf(request, reply)));
    scope.get(CALLBACK_PATH, route, (request, reply) => finishSignIn(base, exchangeOf(request, reply)));
  });
}

async function beginSignIn(
  { issuer, pending, scope }: SignInBase,
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request, reply, origin } = exchange;
  requireSafeOrigin(origin);
  const { returnTo, ticket } = request.query as Query;
  const begun = {
    state: randomState(),
    nonce: randomNonce(),
    verifier: randomPKCECodeVerifier(),
    returnTo: safeReturnTo(returnTo),
  };
  const url = await issuer.authorizationUrl({
    response_type: 'code',
    redirect_uri: origin.url + CALLBACK_PATH,
    scope,
    state: begun.state,
    nonce: begun.nonce,
    code_challenge: await calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    ...(typeof ticket === 'string' && TICKET.test(ticket) && { login_hint: `ticket:${ticket}` }),
  });
  pending.keep(exchange, begun);
  return reply.redirect(url.href, 303);
}

async function finishSignIn(base: SignInBase, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply, origin } = exchange;
  const { state } = request.query as Query;
  const begun = typeof state === 'string' ? base.pending.take(exchange, state) : undefined;
  if (!begun) throw new Problem('not-signed-in');
  const tokens = await tokensFor(base, new URL(request.url, origin.url), begun);
  const { id } = await base.inTime(base.keeper.begin(tokens));
  // What the browser brought along is never taken over: its session ends, and a new id begins.
  const brought = base.guard.cookieOf(request);
  if (brought !== undefined && isSessionId(brought))
    await base.inTime(base.keeper.end({ idHash: hashOf(brought) }, 'replaced'));
  setCookie(reply, origin, { name: SESSION_COOKIE, value: id });
  return reply.redirect(begun.returnTo, 303);
}

async function tokensFor(
  { issuer, log }: SignInBase,
  callback: URL,
  checks: { readonly state: string; readonly nonce: string; readonly verifier: string },
): Promise<Tokens> {
  try {
    return await issuer.exchange(callback, checks);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    log.info({ why: error.message }, 'a sign-in was refused');
    throw new Problem('not-signed-in');
  }
}
