import { placeOf, portOf, type System, serviceNamed } from '../system.ts';
import type { Addresses, ServiceSpec } from '../topology.ts';

/** What the topology tells a service; over the caller's own environment, it wins. */
export function serviceSettings(
  system: System,
  spec: ServiceSpec,
  postgres: Addresses['postgres'],
  kafka?: string,
): Record<string, string> {
  const addresses: Addresses = {
    service: (name) => `http://127.0.0.1:${portOf(system, serviceNamed(system, name))}`,
    postgres,
    kafka,
    sqlite: (name) => `sqlite://${encodeURI(placeOf(system, 'sqlite', `${name}.db`))}`,
    chosen: (key) => system.environment[key] || undefined,
  };
  return {
    NODE_COMPILE_CACHE: placeOf(system, 'cache', 'node'),
    ...system.topology.common(addresses),
    PORT: String(portOf(system, spec)),
    ...spec.needs(addresses),
  };
}
