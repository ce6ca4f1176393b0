import { type HttpServer, Problem } from '@phone82/http';
import type { Log } from '@phone82/runtime';
import type { InTime } from './in-time.ts';
import { LogoutTokenRefused, type LogoutTokens } from './logout-token.ts';
import type { SessionKeeper } from './session-keeper.ts';

export interface BackchannelBase {
  readonly keeper: SessionKeeper;
  readonly logoutTokens: LogoutTokens;
  readonly inTime: InTime;
  readonly log: Log;
}

/** `POST /session/backchannel-logout`: the issuer says that somebody signed out there. */
export async function addBackchannelRoute(server: HttpServer, base: BackchannelBase): Promise<void> {
  await server.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post(
      '/session/backchannel-logout',
      { schema: { hide: true }, config: { access: 'public' } },
      async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { logout_token: token } = (request.body ?? {}) as { logout_token?: unknown };
        const ended = await base.inTime(logOut(base, token));
        base.log.info({ ended }, 'the issuer ended sessions');
        return reply.send();
      },
    );
  });
}

async function logOut({ keeper, logoutTokens, log }: BackchannelBase, token: unknown): Promise<number> {
  try {
    if (typeof token !== 'string') throw new LogoutTokenRefused('missing');
    const { subject, sid, jti } = await logoutTokens.verify(token);
    if (await logoutTokens.wasUsed(jti)) throw new LogoutTokenRefused('used before');
    const ended = await keeper.end({ subject, sid }, 'backChannel');
    // Noted last: a token whose sessions could not be ended may come again.
    await logoutTokens.noteUsed(jti);
    return ended;
  } catch (error) {
    if (!(error instanceof LogoutTokenRefused)) throw error;
    log.warn({ why: error.message }, 'a logout token was refused');
    throw new Problem('request-invalid', { reason: 'logout_token' });
  }
}
