import {
  type Access,
  type Authenticate,
  mayCall,
  type OwnedBy,
  ownedBy,
  type Principal,
  type Restricted,
} from '@phone82/access';
import { Problem } from '@phone82/contracts';
import type {
  FastifyContextConfig,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RouteOptions,
} from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route. A server with a route that does not say so does not start. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Who sent it; on routes that are not public. */
    principal: Principal;
    /** Whose records it reaches; undefined: everyone's. */
    ownedBy: OwnedBy | undefined;
  }
}

/** Lets a request in only where its sender is known and its route's `access` allows it. */
export function authorizeRequests(server: FastifyInstance, authenticate: Authenticate): void {
  refuseUndeclared(server);
  server.decorateRequest('principal', null as unknown as Principal);
  server.decorateRequest('ownedBy', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    // Also where no route says so by mistake.
    const { access = NO_ONE } = request.routeOptions.config;
    if (access === 'public') return done();
    const admit = (principal: Principal | undefined) => {
      done(refusalOf(principal, access, request, reply));
    };
    try {
      const principal = authenticate({
        headers: request.headers,
        remoteAddress: request.raw.socket?.remoteAddress,
      });
      if (principal instanceof Promise) principal.then(admit, (error) => done(withChallenge(error, reply)));
      else admit(principal);
    } catch (error) {
      done(withChallenge(error, reply));
    }
  });
}

const NO_ONE: Restricted = { roles: [] };

function refusalOf(
  principal: Principal | undefined,
  access: Restricted | 'anyone',
  request: FastifyRequest,
  reply: FastifyReply,
): Error | undefined {
  if (access === 'anyone') return undefined;
  if (!principal) return withChallenge(new Problem('not-signed-in'), reply);
  if (!mayCall(principal, access)) return new Problem('forbidden');
  request.principal = principal;
  request.ownedBy = ownedBy(principal, access);
  return undefined;
}

/** RFC 9110, section 11.6.1: a 401 says how to sign in. */
function withChallenge(error: unknown, reply: FastifyReply): Error {
  if (error instanceof Problem && error.code === 'not-signed-in') reply.header('www-authenticate', 'Bearer');
  return error as Error;
}

/** A route is known to all hooks of its scope only once the server is ready: what a plugin declares for its own counts. */
function refuseUndeclared(server: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  server.addHook('onRoute', (route) => void routes.push(route));
  server.addHook('onReady', (done) => {
    const undeclared = routes.filter(({ config }) => config?.access === undefined || isUnowned(config));
    const named = undeclared.map(({ method, url }) => `${[method].flat().join('/')} ${url}`);
    done(named.length > 0 ? new Error(`routes without a usable access: ${named.join(', ')}`) : undefined);
  });
}

/** An idempotency key belongs to somebody. */
const isUnowned = ({ access, actsOnce }: FastifyContextConfig) =>
  typeof access === 'string' && actsOnce === true;
