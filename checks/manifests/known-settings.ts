import { addressKey, callees, callers, serviceNames } from '@phone82/service-list';
import type { TObject, TSchema } from 'typebox';
import { configurations } from '../service-definitions.ts';
import type { KnownSettings } from './environment.ts';

/** Where another service is has a default for one machine only; in containers it has to be said. */
const ADDRESSES: ReadonlySet<string> = new Set([...serviceNames.map(addressKey), 'PSP_URL']);

/** By the services' own schemas. With Kafka the log needs no database. */
export const knownSettings: Readonly<Record<string, KnownSettings>> = Object.fromEntries(
  Object.entries(configurations).map(([name, config]) => [name, known(name, config)]),
);

/** Without these a service that is reached from outside does not start: it could not tell callers apart. */
function accessSettings(name: string): readonly string[] {
  return [
    ...['PHONE82_ENV', 'OIDC_ISSUER', 'OIDC_AUDIENCE'],
    ...(callers.some((caller) => caller === name) ? ['SERVICE_KEY_FILE'] : []),
    ...(callees.some((callee) => callee === name) ? ['SERVICE_KEYS_FILE'] : []),
  ];
}

function known(name: string, { properties, required }: TObject): KnownSettings {
  const all = Object.keys(properties);
  const hasDefault = (key: string) =>
    (properties[key] as TSchema & { readonly default?: unknown }).default !== undefined;
  const withoutDefault = ((required ?? []) as readonly string[]).filter(
    (key) => !hasDefault(key) && key !== 'BUS_URL',
  );
  const log = 'KAFKA_BROKERS' in properties ? ['KAFKA_BROKERS', 'MIGRATE_AT_START'] : [];
  const access = 'OIDC_ISSUER' in properties ? accessSettings(name) : [];
  return {
    all,
    required: [
      ...withoutDefault,
      ...log,
      ...access,
      'HOST',
      'PORT',
      ...all.filter((key) => ADDRESSES.has(key)),
    ],
  };
}
