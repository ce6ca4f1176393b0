import { loadConfig } from '@phone82/runtime';
import { assembleApp } from '../../../services/app/src/build.ts';
import { AppConfig } from '../../../services/app/src/config.ts';
import type { Order } from '../../../services/app/src/domain/order.ts';
import { loadCatalogue } from '../../../services/app/src/outbound/catalogue.ts';
import { orderMapping } from '../../../services/app/src/outbound/order-mapping.ts';
import type { OrderIntake, OrderNumbers, OrderSettings } from '../../../services/app/src/usecases/ports.ts';
import type { OrderBooks } from '../../../services/app/src/usecases/reconciliation-ports.ts';
import { type Connection, commitFaults } from '../storage/connection.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedDueReader, simulatedReader } from '../storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../storage/simulated-unit-of-work.ts';
import { addresses } from './addresses.ts';
import { createTurnTables, simulatedDailyTurn } from './reconciliation.ts';
import { recordsOf, type SimulatedService } from './simulated-service.ts';
import { storageOf } from './storage-of.ts';

const HOUR_MS = 60 * 60 * 1000;
const config = loadConfig(AppConfig, addresses);
const settings: OrderSettings = {
  cancelWindowMs: config.CANCEL_WINDOW_HOURS * HOUR_MS,
  payWithoutReferences: false,
  reconciliationGraceMs: 0,
  secondLookAfterMs: 500,
  reconcileAt: config.RECONCILE_AT,
};
export const catalogue = loadCatalogue('');

export function simulatedApp(database: SimulatedDatabase<Order>): SimulatedService {
  const tables = createTurnTables();
  return {
    name: 'app',
    database,
    build: ({ connection, remote }) => ({
      ...storageOf(database, connection),
      parts: assembleApp({
        orders: simulatedUnitOfWork(database, 'app', connection),
        reader: simulatedReader(database, orderMapping, connection),
        intake: intakeOf(database, connection),
        numbers: { raiseAbove: raiseOf(database, connection) },
        pending: simulatedDueReader(database, orderMapping, 'settle_at', connection),
        pay: remote('pay', config),
        catalogue,
        environment: connection.environment,
        reconciliation: {
          books: booksOf(database, connection),
          turn: simulatedDailyTurn(database, tables, connection),
          report: () => undefined,
        },
        settings,
      }),
    }),
  };
}

/** Numbers orders as the table's sequence does; a request key is unique. */
function intakeOf(
  { server, store, versions, sequence }: SimulatedDatabase<Order>,
  connection: Connection,
): OrderIntake {
  const { calls, process } = connection;
  return {
    begin: (draft) =>
      calls.to(
        server,
        process,
        'app: intake',
        () => {
          const known = [...store.records.values()].find(
            ({ requestKey }) => requestKey !== null && requestKey === draft.requestKey,
          );
          if (known) return { order: known, isNew: false };
          const order: Order = { ...draft, id: ++sequence.last, version: 1 };
          store.records.set(order.id, order);
          versions.push({ id: order.id, version: 1, state: order, messages: [] });
          return { order, isNew: true };
        },
        commitFaults,
      ),
  };
}

function raiseOf(
  { server, sequence }: SimulatedDatabase<Order>,
  { calls, process }: Connection,
): OrderNumbers['raiseAbove'] {
  const raise = (id: number) => () => {
    sequence.last = Math.max(sequence.last, id);
  };
  return (id) => calls.to(server, process, 'app: raise the numbers', raise(id), commitFaults);
}

function booksOf(database: SimulatedDatabase<Order>, { calls, process }: Connection): OrderBooks {
  const read = <T>(effect: () => T) => calls.to(database.server, process, 'app: reconcile', effect);
  const byId = () => [...recordsOf(database)].sort((a, b) => a.id - b.id);
  return {
    ofPeriod: ({ from, to }, after, limit) =>
      read(() =>
        byId()
          .filter(({ id, placedAt }) => id > after && placedAt >= from && placedAt < to)
          .slice(0, limit),
      ),
    of: (ids) => read(() => byId().filter(({ id }) => ids.includes(id))),
  };
}
