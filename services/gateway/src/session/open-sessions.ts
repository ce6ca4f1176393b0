import cookies from '@fastify/cookie';
import type { HttpServer, ReadinessCheck } from '@phone82/http';
import { openDatabase } from '@phone82/persistence';
import type { Component, Environment } from '@phone82/runtime';
import type { Logger, Metrics } from '@phone82/telemetry';
import type { GatewayConfig } from '../config.ts';
import { addBackchannelRoute } from './backchannel-route.ts';
import { inGoodTime } from './in-time.ts';
import { createIssuer } from './issuer.ts';
import { createLogoutTokens } from './logout-token.ts';
import { pendingSignIns } from './pending-sign-in.ts';
import { purgeSessions } from './purge-sessions.ts';
import { createRefreshClaims } from './refresh-claims.ts';
import { createSeal } from './seal.ts';
import { createSessionCache } from './session-cache.ts';
import { sessionTimes } from './session-config.ts';
import { createSessionGuard, type SessionGuard } from './session-guard.ts';
import { startJobs } from './session-jobs.ts';
import { createSessionKeeper } from './session-keeper.ts';
import { sessionMetrics } from './session-metrics.ts';
import { addSessionRoutes } from './session-routes.ts';
import { readSessionSecrets } from './session-secrets.ts';
import { createSessionStore } from './session-store.ts';
import { addSignInRoutes } from './sign-in-routes.ts';
import { createStreamWatch, type StreamWatch } from './stream-watch.ts';
import { createTokenRefresh } from './token-refresh.ts';

export interface Sessions extends Component {
  readonly guard: SessionGuard;
  readonly streams: StreamWatch;
  /** Reported by `/readyz`. Does not gate: requests without a cookie need no session. */
  readonly checks: readonly ReadinessCheck[];
  addRoutes(server: HttpServer): Promise<void>;
}

export interface SessionsBase {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly environment: Environment;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonic: () => number;
}

/** Puts browser sessions together. Neither the database nor the issuer has to be there yet. @throws ConfigError */
export function openSessions(config: GatewayConfig, base: SessionsBase): Sessions {
  const { environment, log } = base;
  const { databaseUrl, clientSecret, keys } = readSessionSecrets(config);
  const database = openDatabase(databaseUrl, { name: 'gateway', poolSize: config.DATABASE_POOL });
  const seal = createSeal(keys);
  const metrics = sessionMetrics(base.metrics);
  const clientId = config.OIDC_CLIENT_ID;
  const issuer = createIssuer({
    issuer: config.OIDC_ISSUER,
    clientId,
    clientSecret,
    claimNames: { roles: config.OIDC_ROLES_CLAIM, agency: config.OIDC_AGENCY_CLAIM },
    environment,
    log,
  });
  const times = sessionTimes(config);
  const refresh = createTokenRefresh({
    ...{ issuer, environment, metrics, log },
    claims: createRefreshClaims(database, seal),
  });
  const keeper = createSessionKeeper({
    ...{ refresh, issuer, times, environment, metrics, log },
    store: createSessionStore(database, seal),
    cache: createSessionCache(base.monotonic),
  });
  const inTime = inGoodTime({ environment, log });
  const guard = createSessionGuard({ keeper, publicUrl: config.PUBLIC_URL, inTime });
  const streams = createStreamWatch(keeper, { environment, log });
  const purge = purgeSessions(database, environment, { idleMs: times.idleMs, metrics });
  const jobs = startJobs(base, database, {
    migrates: config.MIGRATE_AT_START,
    afterwards: [streams.job, purge],
  });
  return {
    name: 'sessions',
    ...{ guard, streams },
    checks: [{ name: 'database', gates: false, check: () => database.ping() }],
    addRoutes: async (server) => {
      await jobs.ready;
      await server.register(cookies, { hook: false });
      server.decorateRequest('session', undefined);
      addSessionRoutes(server, { guard, keeper, issuer, inTime, clientId });
      await addSignInRoutes(server, {
        ...{ guard, keeper, issuer, inTime, log },
        pending: pendingSignIns(seal, environment.now),
        publicUrl: config.PUBLIC_URL,
        scope: config.OIDC_SCOPE,
        requestsPerMinute: config.SIGN_IN_REQUESTS_PER_MINUTE,
      });
      const logoutTokens = createLogoutTokens({ issuer, clientId, database, environment });
      await addBackchannelRoute(server, { keeper, logoutTokens, inTime, log });
    },
    stop: async () => {
      await jobs.stop();
      await refresh.settled();
      await database.close();
    },
  };
}
