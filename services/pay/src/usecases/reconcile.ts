import type { Period } from '@phone82/contracts';
import { type DifferenceKind, findDifference, type PspSums } from '../domain/find-difference.ts';
import type { Payment } from '../domain/payment.ts';
import type { PayPorts } from './ports.ts';
import type { Difference, ReconciliationReport } from './reconciliation-ports.ts';

const PAGE = 1_000;
const MOST_LISTED = 1_000;

type Ports = Pick<PayPorts, 'psp' | 'environment' | 'settings' | 'reconciliation'>;

/**
 * Compares our payments with the PSP's own books over a period, order by order, and says where they disagree. Nothing is
 * mended: what to do about a difference is for people to decide. Orders that something happened to of late are left
 * for the next time, since the two sides are not read at the same moment.
 * @throws PspUnavailable if the PSP's books can't be read, or not before `signal` is aborted.
 */
export function reconcile(ports: Ports) {
  const { psp, environment, settings } = ports;
  const { books, report } = ports.reconciliation;
  return async (period: Period, signal: AbortSignal): Promise<ReconciliationReport> => {
    const runId = environment.newId();
    const findings = new Findings(period, environment.now() - settings.reconciliationGraceMs);
    try {
      let transactions = 0;
      for await (const page of psp.transactions(period, signal)) {
        transactions += page.length;
        await books.add(runId, page);
      }
      await compareSums(ports, runId, findings);
      await comparePayments(ports, runId, findings);
      const found = { period, transactions, ...findings.result() };
      report(found);
      return found;
    } finally {
      await books.forget(runId);
    }
  };
}

async function compareSums({ reconciliation: { books } }: Ports, runId: string, findings: Findings) {
  for (let after = ''; ; ) {
    const sums = await books.sums(runId, after, PAGE);
    const orderIds = sums.map(({ orderId }) => orderId).filter((orderId) => orderId !== null);
    const payments = new Map((await books.payments(orderIds)).map((payment) => [payment.id, payment]));
    for (const psp of sums) findings.note(psp, payments.get(psp.orderId ?? 0));
    if (sums.length < PAGE) return;
    after = sums.at(-1)?.pspOrderId ?? '';
  }
}

async function comparePayments({ reconciliation: { books } }: Ports, runId: string, findings: Findings) {
  for (let after = 0; ; ) {
    const payments = await books.paymentsWithoutSums(runId, findings.period, after, PAGE);
    for (const payment of payments) findings.note(undefined, payment);
    if (payments.length < PAGE) return;
    after = payments.at(-1)?.id ?? 0;
  }
}

class Findings {
  readonly period: Period;
  readonly #asOf: number;
  #orders = 0;
  #moving = 0;
  readonly #counts: Partial<Record<DifferenceKind, number>> = {};
  readonly #differences: Difference[] = [];

  constructor(period: Period, asOf: number) {
    this.period = period;
    this.#asOf = asOf;
  }

  note(psp: PspSums | undefined, payment: Payment | undefined): void {
    this.#orders += 1;
    const kind = findDifference(psp, payment, this.period, this.#asOf);
    if (kind === 'moving') this.#moving += 1;
    if (kind === undefined || kind === 'moving') return;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    if (this.#differences.length < MOST_LISTED)
      this.#differences.push({
        kind,
        pspOrderId: psp?.pspOrderId ?? null,
        orderId: payment?.id ?? psp?.orderId ?? null,
        payment: payment ?? null,
        charged: psp?.charged ?? 0,
        refunded: psp?.refunded ?? 0,
      });
  }

  result(): Pick<ReconciliationReport, 'orders' | 'moving' | 'counts' | 'differences'> {
    const [orders, moving] = [this.#orders, this.#moving];
    return { orders, moving, counts: this.#counts, differences: this.#differences };
  }
}
