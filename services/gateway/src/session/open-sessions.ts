import cookies from '@fastify/cookie';
import type { HttpServer, ReadinessCheck } from '@phone82/http';
import { type Database, openDatabase } from '@phone82/persistence';
import type { Component, Environment } from '@phone82/runtime';
import type { Logger, Metrics } from '@phone82/telemetry';
import type { GatewayConfig } from '../config.ts';
import { addBackchannelRoute } from './backchannel-route.ts';
import { type InTime, inGoodTime } from './in-time.ts';
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
import { readSessionSecrets, type SessionSecrets } from './session-secrets.ts';
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
  const secrets = readSessionSecrets(config);
  const database = openDatabase(secrets.databaseUrl, { name: 'gateway', poolSize: config.DATABASE_POOL });
  const core = openCore(config, base, { ...secrets, database });
  const { keeper, refresh, metrics } = core;
  const inTime = inGoodTime({ environment, log });
  const guard = createSessionGuard({ keeper, publicUrl: config.PUBLIC_URL, inTime });
  const streams = createStreamWatch(keeper, { environment, log });
  const { idleMs } = sessionTimes(config);
  const jobs = startJobs(base, database, {
    migrates: config.MIGRATE_AT_START,
    afterwards: [streams.job, purgeSessions(database, environment, { idleMs, metrics })],
  });
  return {
    name: 'sessions',
    ...{ guard, streams },
    checks: [{ name: 'database', gates: false, check: () => database.ping() }],
    addRoutes: async (server) => {
      await jobs.ready;
      await server.register(cookies, { hook: false });
      server.decorateRequest('session', undefined);
      await addRoutes(server, config, { ...base, ...core, database, guard, inTime });
    },
    stop: async () => {
      await jobs.stop();
      await refresh.settled();
      await database.close();
    },
  };
}

type Core = ReturnType<typeof openCore>;

function openCore(
  config: GatewayConfig,
  { environment, log, metrics: registry, monotonic }: SessionsBase,
  { database, clientSecret, keys }: SessionSecrets & { readonly database: Database },
) {
  const seal = createSeal(keys);
  const metrics = sessionMetrics(registry);
  const issuer = createIssuer({
    issuer: config.OIDC_ISSUER,
    clientId: config.OIDC_CLIENT_ID,
    clientSecret,
    claimNames: { roles: config.OIDC_ROLES_CLAIM, agency: config.OIDC_AGENCY_CLAIM },
    environment,
    log,
  });
  const claims = createRefreshClaims(database, seal);
  const refresh = createTokenRefresh({ claims, issuer, environment, metrics, log });
  const keeper = createSessionKeeper({
    ...{ refresh, issuer, environment, metrics, log },
    times: sessionTimes(config),
    store: createSessionStore(database, seal),
    cache: createSessionCache(monotonic),
  });
  return { seal, metrics, issuer, refresh, keeper };
}

interface RoutesBase extends Omit<SessionsBase, 'metrics'>, Core {
  readonly database: Database;
  readonly guard: SessionGuard;
  readonly inTime: InTime;
}

async function addRoutes(server: HttpServer, config: GatewayConfig, base: RoutesBase): Promise<void> {
  const { seal, environment } = base;
  const clientId = config.OIDC_CLIENT_ID;
  addSessionRoutes(server, { ...base, clientId });
  await addSignInRoutes(server, {
    ...base,
    pending: pendingSignIns(seal, environment.now),
    publicUrl: config.PUBLIC_URL,
    scope: config.OIDC_SCOPE,
    requestsPerMinute: config.SIGN_IN_REQUESTS_PER_MINUTE,
  });
  await addBackchannelRoute(server, { ...base, logoutTokens: createLogoutTokens({ ...base, clientId }) });
}
