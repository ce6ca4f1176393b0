import { quantile, type Sample } from './latencies.ts';

/** What was seen while pay was stopped and came back. Moments are by the clock of `performance.now()`. */
export interface PayStopped {
  readonly orders: readonly (Sample & { readonly id?: number | undefined })[];
  /** From then on nothing answers for pay. */
  readonly stoppedAt: number;
  /** When it was told to start. */
  readonly startingAt: number;
  /** When it was ready. */
  readonly readyAt: number;
  /** The orders that the PSP holds money for. */
  readonly charged: ReadonlySet<number>;
}

/** The breaker needs this long to see that pay is gone; until then calls that were under way may end otherwise. */
const BREAKER_OPENS_WITHIN_MS = 1_000;
const REFUSED_WITHIN_MS = 50;
const TAKEN_AGAIN_WITHIN_MS = 5_000;

export const refusedWhileStopped = ({ orders, stoppedAt, startingAt }: PayStopped) =>
  orders.filter(({ at, ms }) => at >= stoppedAt + BREAKER_OPENS_WITHIN_MS && at + ms < startingAt);

/** From pay's return until the first order was taken; NaN if none was. */
export function takenAgainMs({ orders, readyAt }: PayStopped): number {
  const first = orders
    .filter(({ at, ms, status }) => status === 201 && at + ms >= readyAt)
    .map(({ at, ms }) => at + ms);
  return first.length === 0 ? Number.NaN : Math.min(...first) - readyAt;
}

/** What is wrong, in sentences; none if orders were refused at once, not charged, and soon taken again. */
export function faultsWhilePayStopped(seen: PayStopped): string[] {
  const refused = refusedWhileStopped(seen);
  const faults: string[] = [];
  if (refused.length === 0) faults.push('no orders were sent while pay was stopped');
  const otherwise = refused.filter(({ status, retryAfterMs }) => status !== 503 || !retryAfterMs);
  if (otherwise.length > 0)
    faults.push(`${otherwise.length} of ${refused.length} were not answered by 503 with Retry-After`);
  if (quantile(refused, 0.99) > REFUSED_WITHIN_MS)
    faults.push(
      `p99 of the refusals is ${quantile(refused, 0.99).toFixed(1)} ms, over ${REFUSED_WITHIN_MS} ms`,
    );
  const confirmed = new Set(seen.orders.flatMap(({ id = [] }) => id));
  const paidForNothing = [...seen.charged].filter((id) => !confirmed.has(id));
  if (paidForNothing.length > 0)
    faults.push(`charged, though no customer was told of an order: ${paidForNothing}`);
  if (!(takenAgainMs(seen) <= TAKEN_AGAIN_WITHIN_MS)) faults.push('orders were not taken again within 5 s');
  const late = seen.orders.filter(
    ({ at, status }) => at > seen.readyAt + TAKEN_AGAIN_WITHIN_MS && status !== 201,
  );
  if (late.length > 0) faults.push(`${late.length} orders failed more than 5 s after pay's return`);
  return faults;
}
