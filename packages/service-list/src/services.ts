/** What others have to know of a service. */
export interface ServiceEntry {
  /** Where it listens on one machine, before PHONE82_PORT_OFFSET. In containers every service listens on 8080. */
  readonly port: number;
  /**
   * Where its records are: in a PostgreSQL database of its own; in what `--store-db` chooses, SQLite or MariaDB; or nowhere.
   * A service with records also has an outbox, an inbox and dead letters.
   */
  readonly keeps: 'postgres' | 'storeDatabase' | 'nothing';
  /** First parts of the paths that the gateway passes on to it. */
  readonly paths: readonly string[];
  /** Services that it calls by HTTP: it is told the address of each. The gateway calls all that have paths. */
  readonly calls: readonly string[];
}

const registry = {
  gateway: { port: 8080, keeps: 'nothing', paths: [], calls: [] },
  app: { port: 8081, keeps: 'postgres', paths: ['/orders', '/items'], calls: ['pay'] },
  pay: { port: 8083, keeps: 'postgres', paths: ['/payments'], calls: ['marketing'] },
  customer: { port: 8084, keeps: 'postgres', paths: ['/customers'], calls: [] },
  store: { port: 8085, keeps: 'storeDatabase', paths: ['/storeManages'], calls: [] },
  marketing: { port: 8086, keeps: 'storeDatabase', paths: ['/marketings'], calls: [] },
} as const satisfies Record<string, ServiceEntry>;

export type ServiceName = keyof typeof registry;

type With<Field extends keyof ServiceEntry, Value> = {
  [Name in ServiceName]: (typeof registry)[Name][Field] extends Value ? Name : never;
}[ServiceName];
type InStoreDatabase = With<'keeps', 'storeDatabase'>;
type InPostgres = With<'keeps', 'postgres'>;
export type RoutedService = Exclude<ServiceName, With<'paths', readonly []>>;

/** Every service, in the order in which they are listed and started. */
export const services: Readonly<Record<ServiceName, ServiceEntry>> = registry;

export const serviceNames = Object.keys(registry) as ServiceName[];

/** Services whose records are in PostgreSQL. */
export const inPostgres = serviceNames.filter(
  (name): name is InPostgres => services[name].keeps === 'postgres',
);

/** Services whose records are in what `--store-db` chooses. */
export const inStoreDatabase = serviceNames.filter(
  (name): name is InStoreDatabase => services[name].keeps === 'storeDatabase',
);

/** Services that keep records. */
export const keepers = serviceNames.filter(
  (name): name is InPostgres | InStoreDatabase => services[name].keeps !== 'nothing',
);

/** Services that the gateway passes requests on to. */
export const routed = serviceNames.filter((name): name is RoutedService => services[name].paths.length > 0);

/** The setting that tells others a service's address: `APP_URL` for app. */
export const addressKey = <Name extends string>(name: Name) =>
  `${name.toUpperCase()}_URL` as `${Uppercase<Name>}_URL`;
