import type { Period } from '@phone82/contracts';
import type { Database } from '@phone82/persistence';
import type { PspSums } from '../domain/find-difference.ts';
import type { Payment } from '../domain/payment.ts';
import type { PspTransaction } from '../usecases/psp-port.ts';
import type { ReconciliationBooks } from '../usecases/reconciliation-ports.ts';
import { paymentMapping } from './payment-mapping.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

type Row = Readonly<Record<string, unknown>>;
const columns = ['id', 'version', ...paymentMapping.columns];
const toPayments = (rows: readonly Row[]): Payment[] => rows.map((row) => paymentMapping.fromRow(row, []));

/** Sums in a table beside the payments, so that neither side has to fit into memory. */
export function createReconciliationBooks({ kysely }: Database, now: () => number): ReconciliationBooks {
  return {
    add: async (runId, transactions) => {
      const rows = [...Map.groupBy(transactions, ({ pspOrderId }) => pspOrderId).values()].map(sumUp);
      if (rows.length > 0)
        await addSums(
          kysely,
          rows.map((row) => ({ ...row, run_id: runId, begun_at: now() })),
        );
    },
    sums: (runId, after, limit) => readSums(kysely, runId, after, limit),
    payments: async (orderIds) => {
      if (orderIds.length === 0) return [];
      const query = kysely
        .selectFrom('payments')
        .select(columns)
        .where('id', 'in', [...orderIds]);
      return toPayments((await query.execute()) as Row[]);
    },
    paymentsOfPeriod: async (period, after, limit) => {
      const query = paymentsOf(kysely, period).where('id', '>', after).orderBy('id').limit(limit);
      return toPayments((await query.execute()) as Row[]);
    },
    paymentsWithoutSums: async (runId, period, after, limit) => {
      const rows = await paymentsOf(kysely, period)
        .where('id', '>', after)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('reconciliation_sums')
                .select('order_id')
                .where('run_id', '=', runId)
                .whereRef('reconciliation_sums.order_id', '=', 'payments.id'),
            ),
          ),
        )
        .orderBy('id')
        .limit(limit)
        .execute();
      return toPayments(rows as Row[]);
    },
    forget: async (runId) => {
      await kysely
        .deleteFrom('reconciliation_sums')
        .where((row) => row.or([row('run_id', '=', runId), row('begun_at', '<', now() - DAY_MS)]))
        .execute();
    },
  };
}

async function readSums(kysely: Database['kysely'], runId: string, after: string, limit: number) {
  const rows = await kysely
    .selectFrom('reconciliation_sums')
    .selectAll()
    .where('run_id', '=', runId)
    .where('psp_order_id', '>', after)
    .orderBy('psp_order_id')
    .limit(limit)
    .execute();
  return rows.map(toSums);
}

/** Payments that were asked for, charged or given back within a period. */
function paymentsOf(kysely: Database['kysely'], { from, to }: Period) {
  return kysely
    .selectFrom('payments')
    .select(columns)
    .where((row) =>
      row.or([
        row.between(row.fn.coalesce('charged_at', 'requested_at'), from, to - 1),
        row.between('refunded_at', from, to - 1),
      ]),
    );
}

function addSums(kysely: Database['kysely'], rows: readonly Row[]) {
  return kysely
    .insertInto('reconciliation_sums')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'psp_order_id']).doUpdateSet((row) => {
        const added = (column: string) =>
          row(row.ref(`reconciliation_sums.${column}`), '+', row.ref(`excluded.${column}`));
        return {
          charges: added('charges'),
          charged: added('charged'),
          refunded: added('refunded'),
          last_at: row.fn('greatest', ['reconciliation_sums.last_at', 'excluded.last_at']),
        };
      }),
    )
    .execute();
}

function sumUp(transactions: readonly PspTransaction[]) {
  const [first] = transactions as [PspTransaction];
  const charges = transactions.filter(({ kind }) => kind === 'charge');
  const refunds = transactions.filter(({ kind }) => kind === 'refund');
  return {
    psp_order_id: first.pspOrderId,
    order_id: first.orderId,
    charges: charges.length,
    charged: total(charges),
    refunded: total(refunds),
    last_at: Math.max(...transactions.map(({ at }) => at)),
  };
}

const total = (transactions: readonly PspTransaction[]): number =>
  transactions.reduce((sum, { amount }) => sum + amount, 0);

const toSums = (row: Row): PspSums =>
  ({
    pspOrderId: row.psp_order_id,
    orderId: row.order_id,
    charges: row.charges,
    charged: row.charged,
    refunded: row.refunded,
    lastAt: row.last_at,
  }) as PspSums;
