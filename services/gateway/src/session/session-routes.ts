import { SESSION_COOKIE } from '@phone82/access';
import type { HttpServer } from '@phone82/http';
import { Problem, problemResponses } from '@phone82/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { clearCookie } from './cookies.ts';
import type { InTime } from './in-time.ts';
import type { Issuer } from './issuer.ts';
import { SIGNED_OUT_PATH } from './paths.ts';
import type { EndReason, Session } from './session.ts';
import type { SessionGuard } from './session-guard.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Which } from './session-store.ts';

const SessionResource = Type.Object(
  {
    subject: Type.String(),
    name: Type.String(),
    roles: Type.Array(Type.String()),
    agency: Type.Union([Type.String(), Type.Null()]),
    expiresAt: Type.String({ format: 'date-time', description: 'when the session ends at the latest' }),
  },
  { title: 'Session' },
);
const SignedOut = Type.Object(
  {
    endSessionUrl: Type.Union([Type.String({ format: 'uri' }), Type.Null()], {
      description: 'where a page goes to sign out at the issuer too; null if there is no such page',
    }),
  },
  { title: 'SignedOut' },
);
const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
});
const tags = ['session'];

export interface SessionRoutesBase {
  readonly guard: SessionGuard;
  readonly keeper: SessionKeeper;
  readonly issuer: Issuer;
  readonly inTime: InTime;
  readonly clientId: string;
}

/** `GET /session`, and both ways to sign out. */
export function addSessionRoutes(server: HttpServer, base: SessionRoutesBase): void {
  const schema = {
    operationId: 'session',
    summary: 'Who is signed in',
    tags,
    response: { 200: json('The session.', SessionResource), ...problemResponses('not-signed-in') },
  };
  server.get('/session', { schema, config: { access: 'public' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return resourceOf(await requireSession(base, request, reply));
  });
  addSignOut(server, base, {
    path: '/session/sign-out',
    summary: 'Sign out in this browser',
    reason: 'signOut',
    which: ({ idHash }) => ({ idHash }),
  });
  addSignOut(server, base, {
    path: '/session/sign-out-everywhere',
    summary: 'End all sessions of the person',
    reason: 'signOutEverywhere',
    which: ({ person }) => ({ subject: person.subject }),
  });
}

interface SignOut {
  readonly path: string;
  readonly summary: string;
  readonly reason: EndReason;
  which(session: Session): Which;
}

function addSignOut(
  server: HttpServer,
  base: SessionRoutesBase,
  { path, summary, reason, which }: SignOut,
): void {
  const schema = {
    operationId: reason,
    summary,
    tags,
    response: {
      200: json('The session has ended.', SignedOut),
      ...problemResponses('not-signed-in', 'request-not-same-origin'),
    },
  };
  server.post(path, { schema, config: { access: 'public' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const session = await requireSession(base, request, reply);
    await base.inTime(base.keeper.end(which(session), reason));
    const origin = base.guard.originOf(request);
    clearCookie(reply, origin, SESSION_COOKIE);
    const endSessionUrl = await base.issuer.endSessionUrl({
      client_id: base.clientId,
      logout_hint: session.person.subject,
      post_logout_redirect_uri: origin.url + SIGNED_OUT_PATH,
    });
    return { endSessionUrl: endSessionUrl ?? null };
  });
}

async function requireSession(
  { guard }: SessionRoutesBase,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Session> {
  const session = await guard.sessionOf(request, reply);
  if (!session) throw new Problem('not-signed-in');
  return session;
}

const resourceOf = ({ person, expiresAt }: Session) => ({
  subject: person.subject,
  name: person.name,
  roles: [...person.roles],
  agency: person.agency,
  expiresAt: new Date(expiresAt).toISOString(),
});
