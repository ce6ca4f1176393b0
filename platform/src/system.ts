import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault, UsageFault } from './faults.ts';
import { type ServiceSpec, type Topology, topology } from './topology.ts';

/** One installation of phone82 on this machine: its code, its data and its ports. */
export interface System {
  /** The root of the checkout. */
  readonly root: string;
  /** The data folder. */
  readonly home: string;
  readonly portOffset: number;
  readonly topology: Topology;
  /** What the caller's environment holds; services get it too. */
  readonly environment: NodeJS.ProcessEnv;
}

const HIGHEST_PORT = 65_535;

/**
 * Reads PHONE82_HOME (default `.phone82` beside the launcher), PHONE82_PORT_OFFSET (default 0), and
 * PHONE82_TOPOLOGY: a module to take the topology from, for tests.
 */
export async function systemFrom(environment: NodeJS.ProcessEnv): Promise<System> {
  const root = path.resolve(import.meta.dirname, '..', '..');
  const home = path.resolve(environment.PHONE82_HOME || path.join(root, '.phone82'));
  const chosen = environment.PHONE82_TOPOLOGY
    ? ((await import(pathToFileURL(environment.PHONE82_TOPOLOGY).href)) as { topology: Topology }).topology
    : topology;
  return { root, home, portOffset: offsetFrom(environment, chosen), topology: chosen, environment };
}

function offsetFrom({ PHONE82_PORT_OFFSET: text = '' }: NodeJS.ProcessEnv, { services }: Topology): number {
  const offset = text.trim() === '' ? 0 : Number(text);
  const highest = HIGHEST_PORT - Math.max(...services.map(({ port }) => port));
  if (Number.isInteger(offset) && offset >= 0 && offset <= highest) return offset;
  throw new Fault(`PHONE82_PORT_OFFSET=${text} is not usable: set a whole number from 0 to ${highest}.`);
}

export const portOf = (system: System, spec: { readonly port: number }) => spec.port + system.portOffset;

export const postgresPort = (system: System) => portOf(system, system.topology.postgres);

/** Where the databases, logs and so on lie in the data folder. */
export const placeOf = (
  system: System,
  name: 'postgres' | 'kafka' | 'mariadb' | 'sqlite' | 'logs' | 'run' | 'cache' | 'secrets',
  ...below: string[]
) => path.join(system.home, name, ...below);

/** @throws UsageFault that lists the services, if there is none of that name. */
export function serviceNamed({ topology }: System, name: string | undefined): ServiceSpec {
  const found = topology.services.find((spec) => spec.name === name);
  if (found) return found;
  const names = topology.services.map((spec) => spec.name).join(', ');
  throw new UsageFault(
    name ? `There is no service "${name}": name one of ${names}.` : `Name a service: ${names}.`,
  );
}
