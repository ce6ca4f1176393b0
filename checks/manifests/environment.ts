import type { Container, Manifest } from './manifest.ts';
import { workloadsOf } from './manifest.ts';

/** The settings that each service is given somewhere, by the service's name. */
export type Environments = Readonly<Record<string, readonly string[]>>;

export interface Place {
  /** What the settings come from, in words. */
  readonly name: string;
  readonly environments: Environments;
}

/** The settings that a service knows; those without a default have to be given. */
export interface KnownSettings {
  readonly all: readonly string[];
  readonly required: readonly string[];
}

// Not read by a service: put into a URL by Kubernetes, or read by the process before there is a service.
const BESIDE = /^((DATABASE|BUS)_PASSWORD|NODE_OPTIONS)$/;

/** What the Deployments of a system give to the containers that are named after them. */
export function environmentsOf(manifests: readonly Manifest[]): Environments {
  const deployments = workloadsOf(manifests).filter(({ manifest }) => manifest.kind === 'Deployment');
  return Object.fromEntries(
    deployments.map(({ manifest, containers }) => [manifest.metadata.name, namesIn(containers[0])]),
  );
}

const namesIn = (container: Container | undefined) => (container?.env ?? []).map(({ name }) => name);

/** What a compose file gives to the services whose command is their name alone. */
export function composeEnvironments(compose: {
  readonly services: Readonly<
    Record<string, { readonly command?: readonly string[]; readonly environment?: object }>
  >;
}): Environments {
  const services = Object.entries(compose.services).filter(
    ([name, { command }]) => command?.length === 1 && command[0] === name,
  );
  return Object.fromEntries(services.map(([name, { environment = {} }]) => [name, Object.keys(environment)]));
}

/** Settings that are unknown, missing, or given in one place and not in the other. */
export function environmentFaults(
  places: readonly Place[],
  known: Readonly<Record<string, KnownSettings>>,
  fromImage: readonly string[],
): readonly string[] {
  return [
    ...places.flatMap(({ name, environments }) =>
      Object.entries(known).flatMap(([service, settings]) =>
        faultsOf(settings, environments[service], fromImage).map((fault) => `${name}: ${service} ${fault}`),
      ),
    ),
    ...differences(places, Object.keys(known)),
  ];
}

function faultsOf(
  { all, required }: KnownSettings,
  given: readonly string[] | undefined,
  fromImage: readonly string[],
): readonly string[] {
  if (!given) return ['is not there'];
  return [
    ...given
      .filter((key) => !all.includes(key) && !BESIDE.test(key))
      .map((key) => `is given ${key}, which it does not know`),
    ...required
      .filter((key) => !given.includes(key) && !fromImage.includes(key))
      .map((key) => `is not given ${key}`),
    ...given.filter((key, index) => given.indexOf(key) !== index).map((key) => `is given ${key} twice`),
  ];
}

/** The same image behaves alike in both places only if it is told the same. */
function differences(places: readonly Place[], services: readonly string[]): readonly string[] {
  return services.flatMap((service) =>
    places.flatMap(({ name, environments }) =>
      places
        .filter((other) => other.name !== name)
        .flatMap((other) =>
          (environments[service] ?? [])
            .filter((key) => !BESIDE.test(key) && !(other.environments[service] ?? []).includes(key))
            .map((key) => `${other.name}: ${service} is not given ${key}, which ${name} gives it`),
        ),
    ),
  );
}
