/** What others have to know of a service. */
export interface ServiceEntry {
  /** Where it listens on one machine, before PHONE82_PORT_OFFSET. In containers every service listens on 8080. */
  readonly port: number;
  /** Where its data is: in a PostgreSQL database of its own, or in what `--store-db` chooses, SQLite or MariaDB. */
  readonly keeps: 'postgres' | 'storeDatabase';
  /** Whether it sends or receives events: its database then also has an outbox, an inbox and dead letters. */
  readonly handlesEvents: boolean;
  /** First parts of the paths that the gateway passes on to it. */
  readonly paths: readonly string[];
  /** Services that it calls by HTTP: it is told the address of each. The gateway calls all that have paths. */
  readonly calls: readonly string[];
}

const registry = {
  gateway: { port: 8080, keeps: 'postgres', handlesEvents: false, paths: [], calls: [] },
  app: { port: 8081, keeps: 'postgres', handlesEvents: true, paths: ['/orders', '/items'], calls: ['pay'] },
  pay: { port: 8083, keeps: 'postgres', handlesEvents: true, paths: ['/payments'], calls: ['marketing'] },
  customer: { port: 8084, keeps: 'postgres', handlesEvents: true, paths: ['/customers'], calls: [] },
  store: { port: 8085, keeps: 'storeDatabase', handlesEvents: true, paths: ['/storeManages'], calls: [] },
  marketing: { port: 8086, keeps: 'storeDatabase', handlesEvents: true, paths: ['/marketings'], calls: [] },
} as const satisfies Record<string, ServiceEntry>;

export type ServiceName = keyof typeof registry;

type With<Field extends keyof ServiceEntry, Value> = {
  [Name in ServiceName]: (typeof registry)[Name][Field] extends Value ? Name : never;
}[ServiceName];
type InStoreDatabase = With<'keeps', 'storeDatabase'>;
type InPostgres = With<'keeps', 'postgres'>;
type Keeper = With<'handlesEvents', true>;
export type RoutedService = Exclude<ServiceName, With<'paths', readonly []>>;

/** Every service, in the order in which they are listed and started. */
export const services: Readonly<Record<ServiceName, ServiceEntry>> = registry;

export const serviceNames = Object.keys(registry) as ServiceName[];

/** Services whose data is in PostgreSQL. */
export const inPostgres = serviceNames.filter(
  (name): name is InPostgres => services[name].keeps === 'postgres',
);

/** Services whose data is in what `--store-db` chooses. */
export const inStoreDatabase = serviceNames.filter(
  (name): name is InStoreDatabase => services[name].keeps === 'storeDatabase',
);

/** Services that keep records and handle events. */
export const keepers = serviceNames.filter((name): name is Keeper => services[name].handlesEvents);

/** Services that the gateway passes requests on to. */
export const routed = serviceNames.filter((name): name is RoutedService => services[name].paths.length > 0);

/** Services that call others, and sign these calls with a key of their own. */
export const callers = serviceNames.filter((name) => services[name].calls.length > 0);

/** Services that others call: they need the public keys of all callers. */
export const callees = serviceNames.filter((name) =>
  callers.some((other) => services[other].calls.includes(name)),
);

/** The setting that tells others a service's address: `APP_URL` for app. */
export const addressKey = <Name extends string>(name: Name) =>
  `${name.toUpperCase()}_URL` as `${Uppercase<Name>}_URL`;
