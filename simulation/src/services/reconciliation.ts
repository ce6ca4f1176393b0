import type { Period } from '@phone82/contracts';
import type { Aggregate, DailyTurn } from '@phone82/persistence';
import type { PspSums } from '../../../services/pay/src/domain/find-difference.ts';
import type { Payment } from '../../../services/pay/src/domain/payment.ts';
import type { PspTransaction } from '../../../services/pay/src/usecases/psp-port.ts';
import type { ReconciliationBooks } from '../../../services/pay/src/usecases/reconciliation-ports.ts';
import { type Connection, commitFaults } from '../storage/connection.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { recordsOf } from './simulated-service.ts';

/** What reconciliations keep in pay's database. */
export interface ReconciliationTables extends TurnTables {
  readonly sums: Map<string, Map<string, PspSums>>;
}

/** What the turn of the day keeps in a database. */
export interface TurnTables {
  readonly days: Set<string>;
  turn: { owner: string; until: number };
}

export const createTurnTables = (): TurnTables => ({ days: new Set(), turn: { owner: '', until: 0 } });

export const createReconciliationTables = (): ReconciliationTables => ({
  sums: new Map(),
  ...createTurnTables(),
});

export function simulatedReconciliationBooks(
  database: SimulatedDatabase<Payment>,
  tables: ReconciliationTables,
  { calls, process }: Connection,
): ReconciliationBooks {
  const read = <T>(effect: () => T) => calls.to(database.server, process, 'pay: reconcile', effect);
  const sumsOf = (runId: string) => tables.sums.get(runId) ?? new Map<string, PspSums>();
  return {
    add: (runId, transactions) =>
      calls.to(
        database.server,
        process,
        'pay: reconciliation sums',
        () => {
          const sums = new Map(sumsOf(runId));
          for (const each of transactions) sums.set(each.pspOrderId, added(sums.get(each.pspOrderId), each));
          tables.sums.set(runId, sums);
        },
        commitFaults,
      ),
    sums: (runId, after, limit) =>
      read(() =>
        [...sumsOf(runId).values()]
          .filter(({ pspOrderId }) => pspOrderId > after)
          .sort((a, b) => (a.pspOrderId < b.pspOrderId ? -1 : 1))
          .slice(0, limit),
      ),
    payments: (ids) => read(() => recordsOf(database).filter(({ id }) => ids.includes(id))),
    paymentsOfPeriod: (period, after, limit) =>
      read(() => paymentsWithin(database, period, after).slice(0, limit)),
    paymentsWithoutSums: (runId, period, after, limit) =>
      read(() => {
        const summed = new Set([...sumsOf(runId).values()].map(({ orderId }) => orderId));
        return paymentsWithin(database, period, after)
          .filter(({ id }) => !summed.has(id))
          .slice(0, limit);
      }),
    forget: (runId) => read(() => void tables.sums.delete(runId)),
  };
}

function paymentsWithin(database: SimulatedDatabase<Payment>, { from, to }: Period, after: number) {
  const isWithin = (at: number | null) => at !== null && at >= from && at < to;
  return recordsOf(database)
    .filter(
      ({ id, chargedAt, requestedAt, refundedAt }) =>
        id > after && (isWithin(chargedAt ?? requestedAt) || isWithin(refundedAt)),
    )
    .sort((a, b) => a.id - b.id);
}

function added(
  sums: PspSums | undefined,
  { pspOrderId, orderId, kind, amount, at }: PspTransaction,
): PspSums {
  const before = sums ?? { pspOrderId, orderId, charges: 0, charged: 0, refunded: 0, lastAt: at };
  const lastAt = Math.max(before.lastAt, at);
  return kind === 'charge'
    ? { ...before, lastAt, charges: before.charges + 1, charged: before.charged + amount }
    : { ...before, lastAt, refunded: before.refunded + amount };
}

const TURN_MS = 15 * 60 * 1_000;

export function simulatedDailyTurn<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  tables: TurnTables,
  { calls, process, environment, serverNow }: Connection,
): DailyTurn {
  const owner = environment.newId();
  const write = <T>(effect: () => T) =>
    calls.to(database.server, process, `${database.server.name}: turn`, effect, commitFaults);
  return {
    take: (day) =>
      write(() => {
        if (tables.days.has(day)) return false;
        if (tables.turn.owner !== owner && tables.turn.until > serverNow()) return false;
        tables.turn = { owner, until: serverNow() + TURN_MS };
        return true;
      }),
    done: (day) => write(() => void tables.days.add(day)),
  };
}
