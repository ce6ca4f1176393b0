import { authenticateBy } from '@phone82/access';
import { admissionOptions, createHttpServer, type HttpServer } from '@phone82/http';
import { type Component, type Environment, realEnvironment } from '@phone82/runtime';
import type { Logger, Metrics, Tracer } from '@phone82/telemetry';
import { Agent } from 'undici';
import { migrations } from '../migrations/index.ts';
import type { GatewayConfig } from './config.ts';
import { addDocs } from './pages/docs.ts';
import { addWholeHealth } from './pages/whole-health.ts';
import { addProxy } from './proxy/proxy.ts';
import { upstreams } from './service.ts';
import { addNoSessionRoute } from './session/no-sessions.ts';
import type { Sessions } from './session/open-sessions.ts';

export interface Gateway {
  readonly server: HttpServer;
  /** The connections to the services, and to the database of the sessions; to be stopped after the server. */
  readonly connections: Component;
}

export interface GatewayBase {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Absent where nothing is traced. */
  readonly tracer?: Tracer | undefined;
  /** Default: the real one. */
  readonly environment?: Environment;
  /** A clock that never goes back, in milliseconds. Default: that of the process. */
  readonly monotonic?: () => number;
}

/** What `migrate gateway` brings up to date. */
export const gateway = { name: 'gateway', migrations } as const;

const CONNECT_TIMEOUT_MS = 2_000;
/** For all requests that are let in, of both priorities, and event streams: none waits for a connection. */
const connectionsPerService = ({ MAX_IN_FLIGHT }: GatewayConfig) => 2 * MAX_IN_FLIGHT + EVENT_STREAMS;
const EVENT_STREAMS = 512;

/** Wires the gateway; it does not listen yet. */
export async function buildGateway(config: GatewayConfig, base: GatewayBase): Promise<Gateway> {
  const { log, metrics, tracer } = base;
  const sessions = await sessionsOf(config, base);
  const services = upstreams(config);
  const agent = new Agent({
    connections: connectionsPerService(config),
    pipelining: 1,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: config.UPSTREAM_TIMEOUT_MS,
    bodyTimeout: config.UPSTREAM_TIMEOUT_MS,
  });
  const server = await createHttpServer({
    log,
    metrics,
    authenticate: authenticateBy('gateway', config, { now: Date.now, log }),
    tracer,
    admission: admissionOptions(config),
    ...(sessions && { checks: sessions.checks }),
    // A service could read any other path in another way than the routes here did.
    plainPathsOnly: true,
    trustProxy: config.TRUST_PROXY === 'none' ? false : config.TRUST_PROXY,
    openapi: {
      title: 'phone82 gateway',
      version: '0.1.0',
      description: 'The one address of the whole system.',
      path: '/docs/gateway/openapi.json',
    },
  });
  addWholeHealth(server, agent, services);
  await addDocs(server, agent, services);
  await (sessions?.addRoutes(server) ?? addNoSessionRoute(server));
  await addProxy(server, { agent, services, sessions }, config);
  const stop = async () => {
    await agent.close();
    await sessions?.stop();
  };
  return { server, connections: { name: 'connections', stop } };
}

/** Without an issuer nobody signs in: what sessions need is then not even loaded. */
async function sessionsOf(
  config: GatewayConfig,
  { log, metrics, environment = realEnvironment, monotonic = () => performance.now() }: GatewayBase,
): Promise<Sessions | undefined> {
  if (config.OIDC_ISSUER === '') return undefined;
  const { openSessions } = await import('./session/open-sessions.ts');
  return openSessions(config, { log, metrics, environment, monotonic });
}
