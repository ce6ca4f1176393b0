import {
  addressKey,
  callees,
  callers,
  inPostgres,
  routed,
  type ServiceName,
  serviceNames,
  services,
} from '@phone82/service-list';

/** Where a service finds the others and its data. */
export interface Addresses {
  /** Another service's base URL. */
  service(name: string): string;
  /** A PostgreSQL database's connection string. */
  postgres(database: string): string;
  /** A SQLite file's URL. */
  sqlite(name: string): string;
  /** What a service is told of the Kafka that holds the log; where PostgreSQL holds it, that there is none. */
  kafka(): Record<string, string>;
  /** The database of a service that keeps its records in what `--store-db` chose. */
  storeDatabase(service: string): string;
  /** The file with the private key by which a service signs its calls to others. */
  serviceKey(service: ServiceName): string;
  /** The file with the public keys of the services that do. */
  serviceKeys(): string;
  /** Another service's base URL as browsers on this machine address it. */
  browserUrl(name: string): string;
  /** The file of a secret that {@link Topology.secrets} lists. */
  secretFile(name: string): string;
  /** What the caller's environment says, for what is theirs to choose; undefined if it is empty or says nothing. */
  chosen(key: string): string | undefined;
}

/** A process that answers HTTP: one of the services, or what stands in for a third party on this machine. */
export interface ServiceSpec {
  readonly name: string;
  readonly port: number;
  /** From the root of the checkout. */
  readonly entry: string;
  /** Holds many requests open at once: what they need has to stay young until they are answered. */
  readonly answersCrowds?: boolean;
  /** What the service needs to know, beside what all services need. */
  needs(addresses: Addresses): Record<string, string>;
}

export interface Topology {
  readonly postgres: { readonly port: number; readonly databases: readonly string[] };
  readonly services: readonly ServiceSpec[];
  /** Secrets that are generated once, each into a file of its own in the data folder. Default: none. */
  readonly secrets?: readonly string[];
  /** Settings of the caller's environment that count for these services alone. Default: none. */
  readonly furtherSettings?: readonly string[];
  /** What every service needs. */
  common(addresses: Addresses): Record<string, string>;
}

/** The process that signs people in on this machine. Elsewhere any OpenID Connect issuer does. */
export const ISSUER = 'identity';
/** The secret of the gateway's client at the issuer. */
const CLIENT_SECRET = 'identity-client';
/** What `login` authenticates with at the issuer. */
export const ADMIN_SECRET = 'identity-admin';

/** The key that encrypts the tokens of browser sessions. */
const SESSION_KEY = 'session.key';
/** The audience of the issuer's access tokens. */
const AUDIENCE = 'phone82';

const CROWDED: ReadonlySet<ServiceName> = new Set(['gateway', 'app', 'pay']);

/** What a service is told beside its database and the addresses of those that it calls. */
const further: Readonly<Partial<Record<ServiceName, ServiceSpec['needs']>>> = {
  gateway: (at) => ({
    SESSION_KEY_FILE:
      at.chosen('SESSION_KEY_FILE') ?? (at.chosen('SESSION_KEY') ? '' : at.secretFile(SESSION_KEY)),
    OIDC_CLIENT_SECRET_FILE:
      at.chosen('OIDC_CLIENT_SECRET_FILE') ??
      (at.chosen('OIDC_CLIENT_SECRET') ? '' : at.secretFile(CLIENT_SECRET)),
  }),
  pay: (at) => ({ PSP_URL: at.chosen('PSP_URL') ?? at.service('psp-simulator') }),
};

const service = (name: ServiceName): ServiceSpec => ({
  name,
  port: services[name].port,
  entry: `services/${name}/src/main.ts`,
  answersCrowds: CROWDED.has(name),
  needs: (at) => ({
    ...databaseOf(name, at),
    ...Object.fromEntries(called(name).map((other) => [addressKey(other), at.service(other)])),
    ...keysOf(name, at),
    ...further[name]?.(at),
  }),
});

/** What a service signs its calls with, and what it knows its callers by. */
function keysOf(name: ServiceName, at: Addresses): Record<string, string> {
  return {
    ...(callers.includes(name) && {
      SERVICE_KEY_FILE: at.chosen('SERVICE_KEY_FILE') ?? at.serviceKey(name),
    }),
    ...(callees.includes(name) && { SERVICE_KEYS_FILE: at.chosen('SERVICE_KEYS_FILE') ?? at.serviceKeys() }),
  };
}

const called = (name: ServiceName) => (name === 'gateway' ? routed : services[name].calls);

function databaseOf(name: ServiceName, at: Addresses): Record<string, string> {
  const { keeps } = services[name];
  return { DATABASE_URL: keeps === 'postgres' ? at.postgres(`phone82_${name}`) : at.storeDatabase(name) };
}

/**
 * What many do at once goes in few statements, and each connection is a process of PostgreSQL that wants its own share of the caches: with
 * 10 for each service an order took a tenth more CPU.
 */
const FEW_CONNECTIONS = '3';

const issuer: ServiceSpec = {
  name: ISSUER,
  port: 8088,
  entry: 'services/identity/src/main.ts',
  needs: (at) => ({
    DATABASE_URL: at.postgres(`phone82_${ISSUER}`),
    GATEWAY_URL: at.browserUrl('gateway'),
    CLIENT_SECRET_FILE: at.secretFile(CLIENT_SECRET),
    ADMIN_SECRET_FILE: at.secretFile(ADMIN_SECRET),
  }),
};

/** The whole system as it runs on one machine. */
export const topology: Topology = {
  postgres: { port: 8082, databases: ['bus', ...inPostgres, ISSUER].map((name) => `phone82_${name}`) },
  secrets: [SESSION_KEY, CLIENT_SECRET, ADMIN_SECRET],
  common: (at) => ({
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    DATABASE_POOL: at.chosen('DATABASE_POOL') ?? FEW_CONNECTIONS,
    BUS_URL: at.postgres('phone82_bus'),
    OIDC_ISSUER: at.chosen('OIDC_ISSUER') ?? at.browserUrl(ISSUER),
    OIDC_AUDIENCE: at.chosen('OIDC_AUDIENCE') ?? AUDIENCE,
    ...at.kafka(),
  }),
  services: [
    ...serviceNames.map(service),
    {
      name: 'psp-simulator',
      port: 8087,
      entry: 'psp-simulator/src/main.ts',
      needs: (at) => ({
        DATABASE_URL: at.sqlite('psp-simulator'),
        WEBHOOK_URL: `${at.service('pay')}/webhooks/toss`,
      }),
    },
    issuer,
  ],
};
