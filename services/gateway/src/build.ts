import { authenticateBy } from '@phone82/access';
import { admissionOptions, createHttpServer, type HttpServer } from '@phone82/http';
import type { Component } from '@phone82/runtime';
import type { Logger, Metrics, Tracer } from '@phone82/telemetry';
import { Agent } from 'undici';
import type { GatewayConfig } from './config.ts';
import { addDocs } from './pages/docs.ts';
import { addWholeHealth } from './pages/whole-health.ts';
import { addProxy } from './proxy/proxy.ts';
import { upstreams } from './service.ts';

export interface Gateway {
  readonly server: HttpServer;
  /** The connections to the services; to be stopped after the server. */
  readonly connections: Component;
}

export interface GatewayBase {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Absent where nothing is traced. */
  readonly tracer?: Tracer | undefined;
}

const CONNECT_TIMEOUT_MS = 2_000;
/** For all requests that are let in, of both priorities, and event streams: none waits for a connection. */
const connectionsPerService = ({ MAX_IN_FLIGHT }: GatewayConfig) => 2 * MAX_IN_FLIGHT + EVENT_STREAMS;
const EVENT_STREAMS = 512;

/** Wires the gateway; it does not listen yet. */
export async function buildGateway(
  config: GatewayConfig,
  { log, metrics, tracer }: GatewayBase,
): Promise<Gateway> {
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
  await addProxy(server, agent, services, config);
  return { server, connections: { name: 'connections', stop: () => agent.close() } };
}
