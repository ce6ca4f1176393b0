import { callRemote, type ServiceDefinition, type ServiceParts } from '@phone82/host';
import {
  createDailyTurn,
  createDueReader,
  createRecordReader,
  createUnitOfWork,
  createWaitingReader,
} from '@phone82/persistence';
import type { Remote } from '@phone82/resilience';
import { migrations } from '../migrations/index.ts';
import { AppConfig } from './config.ts';
import { orderHistory } from './domain/import-order.ts';
import type { Order } from './domain/order.ts';
import { orderRoutes } from './inbound/http.ts';
import { reconciliationRoutes } from './inbound/reconciliations-http.ts';
import { loadCatalogue } from './outbound/catalogue.ts';
import { highestOrderIdInLog } from './outbound/highest-order-id-in-log.ts';
import { createOrderAlerts } from './outbound/order-alerts.ts';
import { createOrderBooks } from './outbound/order-books.ts';
import { createOrderIntake } from './outbound/order-intake.ts';
import { orderMapping } from './outbound/order-mapping.ts';
import { createOrderNumbers } from './outbound/order-numbers.ts';
import { createPayClient, payTimeoutsMs } from './outbound/pay-client.ts';
import { createPaymentRecords } from './outbound/payment-records.ts';
import { appService } from './service.ts';
import type { AppPorts, OrderNumbers, OrderSettings } from './usecases/ports.ts';
import type { ReconciliationPorts } from './usecases/reconciliation-ports.ts';
import { createNumbering } from './usecases/secure-numbers.ts';

const HOUR_MS = 60 * 60 * 1000;
const SECOND_LOOK_AFTER_MS = 3_000;

/** What app is put together of; production and the simulation bring different ones. */
export interface AppAdapters extends Omit<AppPorts, 'payments' | 'numbering' | 'reconciliation'> {
  readonly pay: Remote;
  readonly numbers: Pick<OrderNumbers, 'raiseAbove'> & Partial<OrderNumbers>;
  readonly reconciliation: Omit<ReconciliationPorts, 'records'>;
}

export function assembleApp({ pay, numbers, ...ports }: AppAdapters): ServiceParts<Order> {
  const { environment, settings } = ports;
  const payments = createPayClient(pay, { withoutReferences: settings.payWithoutReferences });
  const { raiseAbove, firstId = 1, usedElsewhere = [] } = numbers;
  const service = appService({
    ...ports,
    payments,
    numbering: createNumbering({
      raiseAbove,
      firstId,
      usedElsewhere: [payments.highestOrderId, ...usedElsewhere],
    }),
    reconciliation: { ...ports.reconciliation, records: createPaymentRecords(pay) },
  });
  return {
    routes: (server) => {
      orderRoutes(service)(server);
      reconciliationRoutes(service, environment.now)(server);
    },
    events: { unitOfWork: ports.orders, subscriptions: service.subscriptions },
    jobs: service.jobs,
    remotes: [pay],
  };
}

const settingsOf = (config: AppConfig): OrderSettings => ({
  cancelWindowMs: config.CANCEL_WINDOW_HOURS * HOUR_MS,
  payWithoutReferences: config.PAY_WITHOUT_REFERENCES,
  reconciliationGraceMs: config.RECONCILIATION_GRACE_SECONDS * 1_000,
  secondLookAfterMs: SECOND_LOOK_AFTER_MS,
  reconcileAt: config.RECONCILE_AT,
});

const waitingColumns = { table: 'orders', state: 'status', due: 'settle_at', since: 'placed_at' };

export const app: ServiceDefinition<Order, typeof AppConfig> = {
  name: 'app',
  description: 'Orders: placed, paid, cancelled; and the catalogue',
  config: AppConfig,
  migrations,
  history: () => ({
    mapping: orderMapping,
    ...orderHistory,
    open: {
      column: 'status',
      states: {
        Ordered: 'ordered, no payment heard of',
        Payed: 'paid, not shipped',
        OrderCancelled: 'cancelled, payment not cancelled',
      },
    },
  }),
  build: (base) => {
    const { config, database, bus, environment, log, metrics } = base;
    const outcomes = metrics.counter('orders_total', 'Orders, by what came of asking for them', ['outcome']);
    const parts = assembleApp({
      orders: createUnitOfWork({ database, mapping: orderMapping, source: 'app', environment }),
      reader: createRecordReader(database, orderMapping),
      intake: createOrderIntake(database),
      pending: createDueReader(database, orderMapping, 'settle_at'),
      numbers: {
        raiseAbove: createOrderNumbers(database, log),
        firstId: config.ORDER_ID_START,
        usedElsewhere: [() => highestOrderIdInLog(bus.history, database, environment.now)],
      },
      pay: callRemote('pay', base, { operationTimeoutsMs: payTimeoutsMs, as: 'app' }),
      reconciliation: {
        books: createOrderBooks(database),
        turn: createDailyTurn(database, environment.newId(), environment.now),
        report: createOrderAlerts(log, metrics).reconciled,
      },
      catalogue: loadCatalogue(config.CATALOGUE_FILE),
      environment,
      settings: settingsOf(config),
      counted: (outcome) => outcomes.inc({ outcome }),
    });
    return {
      ...parts,
      waiting: createWaitingReader(database, waitingColumns, ['Pending', 'PendingShipped']),
    };
  },
};
