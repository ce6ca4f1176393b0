import { silentLog } from '@phone82/testkit';
import { assembleCustomer } from '../../../services/customer/src/build.ts';
import { emptyView, type OrderView, shownVersion } from '../../../services/customer/src/domain/order-view.ts';
import type { ViewStorage } from '../../../services/customer/src/outbound/fold-generation.ts';
import { ANSWERING, type Generation } from '../../../services/customer/src/outbound/generation-registry.ts';
import { viewMapping } from '../../../services/customer/src/outbound/view-mapping.ts';
import { type Connection, commitFaults } from '../storage/connection.ts';
import { createSimulatedDatabase, type SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedDeadLetterReader, simulatedReader } from '../storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../storage/simulated-unit-of-work.ts';
import type { SimulatedService } from './simulated-service.ts';
import { storageOf } from './storage-of.ts';

/** The view's generations, each with records of its own; the dead letters are common to all. */
export interface SimulatedViews {
  readonly database: SimulatedDatabase<OrderView>;
  readonly generations: Generation[];
  readonly tables: Map<number, SimulatedDatabase<OrderView>>;
}

export const createSimulatedViews = (): SimulatedViews => ({
  database: createSimulatedDatabase('customer', { isEmbedded: false }),
  generations: [],
  tables: new Map(),
});

export const activeGeneration = ({ generations }: SimulatedViews): number | undefined =>
  generations.find(({ state }) => state === 'active')?.number;

export function simulatedCustomer(views: SimulatedViews): SimulatedService {
  return {
    name: 'customer',
    database: views.database,
    build: ({ connection, bus }) => ({
      ...storageOf(views.database, connection),
      parts: assembleCustomer({
        bus,
        environment: connection.environment,
        log: silentLog,
        storage: viewStorage(views, connection),
      }),
    }),
  };
}

function viewStorage(views: SimulatedViews, connection: Connection): ViewStorage {
  const answering = answeringTable(views);
  return {
    registry: registryOf(views, connection),
    open: ({ number }) => simulatedUnitOfWork(tableFor(views, number), 'customer', connection),
    answering: {
      unitOfWork: simulatedUnitOfWork(answering, 'customer', connection),
      reader: simulatedReader(answering, viewMapping(ANSWERING), connection),
    },
    letters: simulatedDeadLetterReader(views.database, connection),
  };
}

/** The records of whichever generation answers when they are looked at. */
function answeringTable(views: SimulatedViews): SimulatedDatabase<OrderView> {
  const shown = () => tableFor(views, activeGeneration(views) ?? 0);
  return {
    ...views.database,
    store: {
      ...views.database.store,
      get records() {
        return shown().store.records;
      },
    },
    get versions() {
      return shown().versions;
    },
  };
}

/** A table of its own for the records, the service's own for all else. */
function tableFor({ database, tables }: SimulatedViews, number: number): SimulatedDatabase<OrderView> {
  const known = tables.get(number);
  if (known) return known;
  const { store } = createSimulatedDatabase<OrderView>('customer', { isEmbedded: false });
  const table = { ...database, store: { ...database.store, records: store.records }, versions: [] };
  tables.set(number, table);
  return table;
}

function registryOf(
  views: SimulatedViews,
  { calls, process, environment }: Connection,
): ViewStorage['registry'] {
  const { generations, tables, database } = views;
  const write = <T>(what: string, effect: () => T) =>
    calls.to(database.server, process, `customer: ${what}`, effect, commitFaults);
  const change = (number: number, state: Generation['state']) => {
    const place = generations.findIndex((generation) => generation.number === number);
    generations[place] = { number, state, changedAt: environment.now() };
  };
  return {
    list: () => calls.to(database.server, process, 'customer: generations', () => [...generations]),
    begin: () =>
      write('begin generation', () => {
        if (generations.some(({ state }) => state === 'building')) return;
        const number = Math.max(0, ...generations.map((generation) => generation.number)) + 1;
        const state = generations.some((generation) => generation.state === 'active') ? 'building' : 'active';
        generations.push({ number, state, changedAt: environment.now() });
      }),
    activate: (number) =>
      write('activate generation', () => {
        if (!generations.some((one) => one.number === number && one.state === 'building')) return true;
        if (isBehind(views, number)) return false;
        change(number, 'active');
        for (const one of [...generations]) if (one.number < number) change(one.number, 'retired');
        return true;
      }),
    drop: ({ number }) =>
      write('drop generation', () => {
        tables.delete(number);
        const place = generations.findIndex((generation) => generation.number === number);
        if (place >= 0) generations.splice(place, 1);
      }),
  };
}

function isBehind(views: SimulatedViews, number: number): boolean {
  const next = tableFor(views, number).store.records;
  const shown = tableFor(views, activeGeneration(views) ?? 0).store.records;
  const isAhead = (view: OrderView) =>
    shownVersion(view) > shownVersion(next.get(view.id) ?? emptyView(view.id));
  return [...shown.values()].some(isAhead);
}
