import { loadConfig } from '@phone82/runtime';
import { assemblePay } from '../../../services/pay/src/build.ts';
import { PayConfig } from '../../../services/pay/src/config.ts';
import type { Payment } from '../../../services/pay/src/domain/payment.ts';
import { paymentMapping } from '../../../services/pay/src/outbound/payment-mapping.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedDueReader, simulatedReader } from '../storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../storage/simulated-unit-of-work.ts';
import { addresses } from './addresses.ts';
import {
  createReconciliationTables,
  simulatedDailyTurn,
  simulatedReconciliationBooks,
} from './reconciliation.ts';
import type { SimulatedService } from './simulated-service.ts';
import { storageOf } from './storage-of.ts';

const config = loadConfig(PayConfig, { ...addresses, RECONCILIATION_GRACE_SECONDS: '0' });
export const pspOrderPrefix = config.PSP_ORDER_PREFIX;

export function simulatedPay(
  database: SimulatedDatabase<Payment>,
  alert: (what: string) => void,
): SimulatedService {
  const tables = createReconciliationTables();
  return {
    name: 'pay',
    database,
    build: ({ connection, remote }) => ({
      ...storageOf(database, connection),
      parts: assemblePay({
        config,
        payments: simulatedUnitOfWork(database, 'pay', connection),
        reader: simulatedReader(database, paymentMapping, connection),
        due: simulatedDueReader(database, paymentMapping, 'due_at', connection),
        marketing: remote('marketing', config),
        toss: remote('psp', config),
        alerts: {
          refundRefused: (orderId, code) => alert(`the PSP refused the refund of ${orderId}: ${code}`),
          cancelUnmatched: () => undefined,
          keysRefused: (code) => alert(`the PSP refused the keys: ${code}`),
          reconciled: () => undefined,
        },
        reconciliation: {
          books: simulatedReconciliationBooks(database, tables, connection),
          turn: simulatedDailyTurn(database, tables, connection),
        },
        environment: connection.environment,
      }),
    }),
  };
}
