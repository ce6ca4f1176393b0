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
import { PayConfig, protectLiveKey } from './config.ts';
import { paymentHistory } from './domain/import-payment.ts';
import type { Payment } from './domain/payment.ts';
import { pendingStates } from './domain/payment-transitions.ts';
import { paymentRoutes } from './inbound/http.ts';
import { paymentRecordRoutes } from './inbound/payment-records-http.ts';
import { reconciliationRoutes } from './inbound/reconciliations-http.ts';
import { tossWebhook, type WebhookOutcome } from './inbound/toss-webhook.ts';
import { createMarketingClient } from './outbound/marketing-client.ts';
import { createPaymentAlerts, type PayAlerts } from './outbound/payment-alerts.ts';
import { paymentMapping } from './outbound/payment-mapping.ts';
import { createReconciliationBooks } from './outbound/reconciliation-books.ts';
import { orderNumbers } from './outbound/toss/order-number.ts';
import { createTossPsp } from './outbound/toss/toss-psp.ts';
import { payService } from './service.ts';
import type { PayPorts, PaySettings } from './usecases/ports.ts';
import type { ReconciliationPorts } from './usecases/reconciliation-ports.ts';

/** What a call to the PSP takes beside its wait and its time-out. */
const SLACK_MS = 1_000;

/** What pay is put together of; production and the simulation bring different ones. */
export interface PayAdapters
  extends Omit<PayPorts, 'psp' | 'mileage' | 'alerts' | 'settings' | 'reconciliation'> {
  readonly config: PayConfig;
  readonly marketing: Remote;
  readonly toss: Remote;
  readonly alerts: PayAlerts;
  readonly reconciliation: Omit<ReconciliationPorts, 'report'>;
  /** Told what became of each piece of news of the PSP. Default: no one is. */
  countWebhook?(outcome: WebhookOutcome): void;
}

export function assemblePay({
  config,
  marketing,
  toss,
  countWebhook,
  ...ports
}: PayAdapters): ServiceParts<Payment> {
  const { environment, alerts } = ports;
  const service = payService({
    ...ports,
    reconciliation: { ...ports.reconciliation, report: alerts.reconciled },
    psp: createTossPsp({
      remote: toss,
      secretKey: config.PSP_SECRET_KEY,
      billingKey: config.PSP_BILLING_KEY,
      customerKey: config.PSP_CUSTOMER_KEY,
      orderPrefix: config.PSP_ORDER_PREFIX,
      environment,
      onMisconfigured: alerts.keysRefused,
    }),
    mileage: createMarketingClient(marketing),
    settings: settingsOf(config),
  });
  const { orderIdOf } = orderNumbers(config.PSP_ORDER_PREFIX);
  return {
    routes: (server) => {
      paymentRoutes(service)(server);
      reconciliationRoutes(service, environment.now)(server);
      paymentRecordRoutes(service)(server);
      tossWebhook({ service, orderIdOf, counted: countWebhook ?? (() => undefined) })(server);
    },
    events: { unitOfWork: ports.payments, subscriptions: service.subscriptions },
    jobs: service.jobs,
    remotes: [marketing, toss],
  };
}

const settingsOf = (config: PayConfig): PaySettings => ({
  chargeTakesAtMostMs: config.PSP_MAX_WAIT_MS + config.PSP_TIMEOUT_MS + SLACK_MS,
  acceptsWithoutPrice: config.ACCEPT_PAYMENTS_WITHOUT_PRICE,
  reconciliationGraceMs: config.RECONCILIATION_GRACE_SECONDS * 1_000,
  reconcileAt: config.RECONCILE_AT,
});

const waitingColumns = { table: 'payments', state: 'state', due: 'due_at', since: 'pending_since' };

export const pay: ServiceDefinition<Payment, typeof PayConfig> = {
  name: 'pay',
  description: 'Payments: taken at the PSP, and given back after their mileage',
  config: PayConfig,
  migrations,
  history: () => ({
    mapping: paymentMapping,
    ...paymentHistory,
    open: { column: 'state', states: { CancelPending: 'cancelled, to be given back' } },
  }),
  build: (base) => {
    const { config, database, environment, log, metrics } = base;
    protectLiveKey(config);
    const webhooks = metrics.counter('psp_webhooks_total', 'News of the PSP, by what became of it', [
      'outcome',
    ]);
    const parts = assemblePay({
      config,
      payments: createUnitOfWork({ database, mapping: paymentMapping, source: 'pay', environment }),
      reader: createRecordReader(database, paymentMapping),
      due: createDueReader(database, paymentMapping, 'due_at'),
      marketing: callRemote('marketing', base, { as: 'pay' }),
      toss: callRemote('psp', base),
      alerts: createPaymentAlerts(log, metrics),
      reconciliation: {
        books: createReconciliationBooks(database, environment.now),
        turn: createDailyTurn(database, environment.newId(), environment.now),
      },
      countWebhook: (outcome) => webhooks.inc({ outcome }),
      environment,
    });
    return { ...parts, waiting: createWaitingReader(database, waitingColumns, [...pendingStates]) };
  },
};
