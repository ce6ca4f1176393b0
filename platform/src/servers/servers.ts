import type { Choices } from '../choices/choices.ts';
import { placeOf, type System } from '../system.ts';
import type { Addresses } from '../topology.ts';
import { kafkaOf, kafkaSettings } from './kafka.ts';
import { mariadbOf } from './mariadb.ts';
import { postgresOf } from './postgres.ts';
import type { Server } from './server.ts';

/** The servers of a system, and where its services find their data by them. */
export interface Servers {
  readonly all: readonly Server[];
  readonly addresses: Pick<Addresses, 'postgres' | 'sqlite' | 'storeDatabase' | 'kafka'>;
}

/** What a system has to run for its services; what it was given by the caller runs elsewhere. */
export function serversOf(
  system: System,
  { bus, storeDatabase }: Choices,
  tell: (message: string) => void,
): Servers {
  const postgres = postgresOf(system, tell);
  const kafka = bus.bus === 'kafka' && !bus.brokers ? kafkaOf(system, tell) : undefined;
  const given = storeDatabase.database === 'mariadb' ? storeDatabase.given : undefined;
  const mariadb = storeDatabase.database === 'mariadb' && !given ? mariadbOf(system, tell) : undefined;
  const sqlite = (name: string) => `sqlite://${encodeURI(placeOf(system, 'sqlite', `${name}.db`))}`;
  return {
    all: [postgres, kafka, mariadb].filter((server) => server !== undefined),
    addresses: {
      postgres: postgres.url,
      kafka: () => kafkaSettings(system, bus, kafka),
      sqlite,
      storeDatabase: (service) =>
        (given as Readonly<Record<string, string>> | undefined)?.[service] ??
        mariadb?.url(service) ??
        sqlite(service),
    },
  };
}
