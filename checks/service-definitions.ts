import type { ServiceDefinition } from '@phone82/host';
import type { Aggregate } from '@phone82/persistence';
import { keepers } from '@phone82/service-list';
import type { TObject } from 'typebox';
import { PspSimulatorConfig } from '../psp-simulator/src/config.ts';
import { gatewayConfig } from '../services/gateway/src/config.ts';
import { IdentityConfig } from '../services/identity/src/config.ts';

/** A service with records, whatever these are. */
export type AnyDefinition = ServiceDefinition<Aggregate, TObject> & { readonly config: TObject };

/** What `build.ts` of each service with records exports under the service's name. @throws Error where it exports nothing of that name. */
export const definitions: readonly AnyDefinition[] = await Promise.all(
  keepers.map(async (name) => {
    const exported = (await import(`../services/${name}/src/build.ts`)) as Record<string, AnyDefinition>;
    const definition = exported[name];
    if (!definition) throw new Error(`services/${name}/src/build.ts exports no "${name}"`);
    return definition;
  }),
);

/** The settings of every process that runs in production, by its name. */
export const configurations: Readonly<Record<string, TObject>> = {
  ...Object.fromEntries(definitions.map(({ name, config }) => [name, config])),
  gateway: gatewayConfig,
  'psp-simulator': PspSimulatorConfig,
};

/** The same, with the processes that run on one machine only. */
export const allConfigurations: typeof configurations = { ...configurations, identity: IdentityConfig };
