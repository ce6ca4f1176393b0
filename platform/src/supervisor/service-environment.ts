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
    chosen: (key) => system.environment[key] || undefined,
  };
  return {
    NODE_COMPILE_CACHE: placeOf(system, 'cache', 'node'),
    ...system.topology.common(addresses),
    PORT: String(portOf(system, spec)),
    ...spec.needs(addresses),
  };
}
