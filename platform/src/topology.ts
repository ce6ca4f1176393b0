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
  /** The database of store or marketing, in what the system was begun with. */
  storeDatabase(service: 'store' | 'marketing'): string;
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
  /** Settings of the caller's environment that count for these services alone. Default: none. */
  readonly furtherSettings?: readonly string[];
  /** What every service needs. */
  common(addresses: Addresses): Record<string, string>;
}

const CROWDED: ReadonlySet<string> = new Set(['gateway', 'app', 'pay']);

const service = (name: string, port: number, needs: ServiceSpec['needs']): ServiceSpec => ({
  name,
  port,
  entry: `services/${name}/src/main.ts`,
  answersCrowds: CROWDED.has(name),
  needs,
});

/**
 * What many do at once goes in few statements, and each connection is a process of PostgreSQL that wants its own share of the caches: with
 * 10 for each service an order took a tenth more CPU.
 */
const FEW_CONNECTIONS = '3';

/** The whole system as it runs on one machine. */
export const topology: Topology = {
  postgres: { port: 8082, databases: ['phone82_bus', 'phone82_app', 'phone82_pay', 'phone82_customer'] },
  common: (at) => ({
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    DATABASE_POOL: at.chosen('DATABASE_POOL') ?? FEW_CONNECTIONS,
    BUS_URL: at.postgres('phone82_bus'),
    ...at.kafka(),
  }),
  services: [
    service('gateway', 8080, (at) => ({
      APP_URL: at.service('app'),
      PAY_URL: at.service('pay'),
      STORE_URL: at.service('store'),
      CUSTOMER_URL: at.service('customer'),
      MARKETING_URL: at.service('marketing'),
    })),
    service('app', 8081, (at) => ({
      DATABASE_URL: at.postgres('phone82_app'),
      PAY_URL: at.service('pay'),
    })),
    service('pay', 8083, (at) => ({
      DATABASE_URL: at.postgres('phone82_pay'),
      MARKETING_URL: at.service('marketing'),
      PSP_URL: at.chosen('PSP_URL') ?? at.service('psp-simulator'),
    })),
    service('customer', 8084, (at) => ({ DATABASE_URL: at.postgres('phone82_customer') })),
    service('store', 8085, (at) => ({ DATABASE_URL: at.storeDatabase('store') })),
    service('marketing', 8086, (at) => ({ DATABASE_URL: at.storeDatabase('marketing') })),
    {
      name: 'psp-simulator',
      port: 8087,
      entry: 'psp-simulator/src/main.ts',
      needs: (at) => ({
        DATABASE_URL: at.sqlite('psp-simulator'),
        WEBHOOK_URL: `${at.service('pay')}/webhooks/toss`,
      }),
    },
  ],
};
