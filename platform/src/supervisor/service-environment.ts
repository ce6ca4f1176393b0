import { pick, systemEnvironment } from '@phone82/local-server';
import { HONOURED_BY_NODE, HONOURED_SETTINGS, SAID_BY_THE_SYSTEM } from '../honoured-settings.ts';
import type { Servers } from '../servers/servers.ts';
import { placeOf, portOf, type System, serviceNamed } from '../system.ts';
import type { Addresses, ServiceSpec } from '../topology.ts';

/** What the topology tells a service; over the caller's own environment, it wins. */
export function serviceSettings(
  system: System,
  spec: ServiceSpec,
  servers: Servers['addresses'],
): Record<string, string> {
  const addresses: Addresses = {
    ...servers,
    service: (name) => `http://127.0.0.1:${portOf(system, serviceNamed(system, name))}`,
    serviceKey: (service) => placeOf(system, 'keys', `${service}.jwk.json`),
    serviceKeys: () => placeOf(system, 'keys', 'service-keys.json'),
    browserUrl: (name) => `http://localhost:${portOf(system, serviceNamed(system, name))}`,
    secretFile: (name) => placeOf(system, 'keys', name),
    chosen: (key) => system.environment[key] || undefined,
  };
  return {
    NODE_COMPILE_CACHE: placeOf(system, 'cache', 'node'),
    ...system.topology.common(addresses),
    PORT: String(portOf(system, spec)),
    ...spec.needs(addresses),
  };
}

/** The whole environment of a supervised service: the system's settings over what counts of the caller's. */
export const serviceEnvironment = (system: System, settings: Record<string, string>) => ({
  ...ambient(system),
  ...pick(system.environment, settingsOf(system)),
  ...settings,
});

/** Where the others find the service, and which log all of them share: another one would miss every event. */
const ALWAYS_THE_SYSTEMS: ReadonlySet<string> = new Set(['PORT', 'HOST', 'BUS_URL', 'KAFKA_BROKERS']);

/**
 * The environment of a service that is run by hand: the caller's settings win over the system's, save for its place in the
 * system. KAFKA_… counts only where the system's log is a Kafka that was named.
 */
export function environmentByHand(
  system: System,
  settings: Record<string, string>,
  log: { readonly isNamedKafka: boolean },
): { readonly environment: Record<string, string>; readonly overridden: readonly string[] } {
  const theirs = [...SAID_BY_THE_SYSTEM, ...settingsOf(system)].filter(
    (name) => !ALWAYS_THE_SYSTEMS.has(name) && (log.isNamedKafka || !name.startsWith('KAFKA_')),
  );
  const caller = pick(system.environment, theirs);
  return {
    environment: { ...serviceEnvironment(system, settings), ...caller },
    overridden: Object.keys(caller).filter(
      (name) => settings[name] !== undefined && settings[name] !== caller[name],
    ),
  };
}

const settingsOf = ({ topology }: System) => [...HONOURED_SETTINGS, ...(topology.furtherSettings ?? [])];

/** What services run on. The time of the machine is none of their business. */
const ambient = ({ environment }: System) => ({
  ...systemEnvironment(environment),
  ...pick(environment, HONOURED_BY_NODE),
  TZ: 'UTC',
});
