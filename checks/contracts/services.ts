import { createServer, type HostConfig, type ServiceBase } from '@phone82/host';
import type { HttpServer } from '@phone82/http';
import { createMemoryBus } from '@phone82/messaging';
import { openDatabase } from '@phone82/persistence';
import { loadConfig, realEnvironment } from '@phone82/runtime';
import { createLog, createMetrics } from '@phone82/telemetry';
import type { TObject } from 'typebox';
import { foldEvents } from '../../services/customer/src/usecases/fold-events.ts';
import { buildGateway } from '../../services/gateway/src/build.ts';
import { gatewayConfig } from '../../services/gateway/src/config.ts';
import { type AnyDefinition, definitions } from '../service-definitions.ts';

/** A service as its own code describes it. */
export interface Described {
  readonly name: string;
  readonly openapi: object;
  /** The events that it subscribes to. */
  readonly receives: readonly string[];
}

const NO_DATABASE = 'sqlite::memory:';
const NO_BUS = 'postgres://127.0.0.1:1/none';

/** Builds every service as production does, asks it to describe itself, and lets it go: nothing is connected. */
export async function describeServices(): Promise<readonly Described[]> {
  const described = await Promise.all(definitions.map(describe));
  return [...described.map(withSubscriptions), await describeGateway()];
}

/** The view reads the log in generations of its own, so its parts name no subscriptions. */
const withSubscriptions = (service: Described): Described =>
  service.name === 'customer' ? { ...service, receives: Object.keys(foldEvents) } : service;

async function describe(definition: AnyDefinition): Promise<Described> {
  const base = baseFor(definition);
  const parts = definition.build(base as never);
  const server = await createServer(definition, base, parts);
  const openapi = await documentOf(server, '/openapi.json');
  await Promise.all((parts.remotes ?? []).map((remote) => remote.close()));
  await Promise.all([base.database.close(), base.bus.close()]);
  return { name: definition.name, openapi, receives: Object.keys(parts.events?.subscriptions ?? {}) };
}

function baseFor({
  name,
  config,
}: {
  readonly name: string;
  readonly config: TObject;
}): ServiceBase<HostConfig> {
  return {
    config: loadConfig(config, { DATABASE_URL: NO_DATABASE, BUS_URL: NO_BUS }) as unknown as HostConfig,
    database: openDatabase(NO_DATABASE),
    bus: createMemoryBus({ environment: realEnvironment }),
    environment: realEnvironment,
    log: createLog({ service: name, level: 'silent' }),
    metrics: createMetrics(name),
  };
}

async function describeGateway(): Promise<Described> {
  const [name, log] = ['gateway', createLog({ service: 'gateway', level: 'silent' })];
  const { server, connections } = await buildGateway(loadConfig(gatewayConfig, {}), {
    log,
    metrics: createMetrics(name),
  });
  const openapi = await documentOf(server, '/docs/gateway/openapi.json');
  await connections.stop();
  return { name, openapi, receives: [] };
}

async function documentOf(server: HttpServer, path: string): Promise<object> {
  const answer = await server.inject({ method: 'GET', url: path });
  await server.close();
  if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode}: ${answer.body}`);
  return answer.json() as object;
}
