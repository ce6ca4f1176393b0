import type { Period } from '@phone82/contracts';
import { findOrderDifference, type PaymentRecord } from '../domain/find-order-difference.ts';
import type { Order } from '../domain/order.ts';
import { OrderFindings } from './order-findings.ts';
import type { AppPorts } from './ports.ts';
import { type OrderReconciliation, PaymentRecordsUnavailable } from './reconciliation-ports.ts';

const PAGE = 300;
type Ports = Pick<AppPorts, 'environment' | 'settings' | 'reconciliation'>;

/**
 * Compares the orders of a period with pay's payments, both ways, page by page. Nothing is mended. What differs is looked at again a moment
 * later, since the two sides are not read at the same time: what agrees by then was under way.
 * @throws PaymentRecordsUnavailable if pay can't be asked, or not before `signal` is aborted.
 */
export function reconcileOrders(ports: Ports) {
  const { environment, settings, reconciliation } = ports;
  return async (period: Period, signal: AbortSignal): Promise<OrderReconciliation> => {
    const asOf = environment.now() - settings.reconciliationGraceMs;
    const rules = { withoutReferences: settings.payWithoutReferences };
    const differenceOf: DifferenceOf = (order, payment) => findOrderDifference(order, payment, asOf, rules);
    const findings = new OrderFindings();
    const note = (id: number, order: Order | undefined, payment: PaymentRecord | undefined) => {
      if (signal.aborted) throw new PaymentRecordsUnavailable('the comparison was ended');
      findings.note(id, order, payment, differenceOf(order, payment));
    };
    await compareOrders(ports, period, note);
    await comparePayments(ports, period, note);
    if (findings.suspects.length > 0) await lookAgain(ports, findings, differenceOf, signal);
    const found = { period, ...findings.result() };
    reconciliation.report(found);
    return found;
  };
}

type DifferenceOf = (
  order: Order | undefined,
  payment: PaymentRecord | undefined,
) => ReturnType<typeof findOrderDifference>;

type Note = (id: number, order: Order | undefined, payment: PaymentRecord | undefined) => void;

async function compareOrders({ reconciliation: { books, records } }: Ports, period: Period, note: Note) {
  for (let after = 0; ; ) {
    const orders = await books.ofPeriod(period, after, PAGE);
    const payments = byOrder(await records.of(orders.map(({ id }) => id)));
    for (const order of orders) note(order.id, order, payments.get(order.id));
    if (orders.length < PAGE) return;
    after = orders.at(-1)?.id ?? 0;
  }
}

/** Orders of the period have been compared by then. */
async function comparePayments({ reconciliation: { books, records } }: Ports, period: Period, note: Note) {
  for (let after = 0; ; ) {
    const payments = await records.ofPeriod(period, after, PAGE);
    const orders = new Map(
      (await books.of(payments.map(({ orderId }) => orderId))).map((order) => [order.id, order]),
    );
    for (const payment of payments) {
      const order = orders.get(payment.orderId);
      const isCompared = order && order.placedAt >= period.from && order.placedAt < period.to;
      if (!isCompared) note(payment.orderId, order, payment);
    }
    if (payments.length < PAGE) return;
    after = payments.at(-1)?.orderId ?? 0;
  }
}

async function lookAgain(
  { environment, settings, reconciliation: { books, records } }: Ports,
  findings: OrderFindings,
  differenceOf: DifferenceOf,
  signal: AbortSignal,
): Promise<void> {
  await environment.sleep(settings.secondLookAfterMs, signal);
  const ids = findings.suspects;
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const orders = new Map((await books.of(page)).map((order) => [order.id, order]));
    const payments = byOrder(await records.of(page));
    for (const id of page) {
      const [order, payment] = [orders.get(id), payments.get(id)];
      findings.confirm(id, order, payment, differenceOf(order, payment));
    }
  }
}

const byOrder = (payments: readonly PaymentRecord[]) =>
  new Map(payments.map((payment) => [payment.orderId, payment]));
