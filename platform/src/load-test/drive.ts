import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../story/api.ts';
import { until } from '../story/until.ts';
import { openLoop } from './open-loop.ts';

export interface LoadPlan {
  readonly orders: number;
  /** Orders begun a second, whether or not earlier ones were answered. */
  readonly rate: number;
  /** Percent of the orders that are cancelled. */
  readonly cancels: number;
}

/** What the client was told of one order. */
export interface Placed {
  readonly id: number;
  readonly cancelled: boolean;
}

export interface LoadResult {
  placed: Placed[];
  /** Answers to orders, by status; 0 is no answer. */
  answers: Map<number, number>;
  /** Cancels that were not answered by 200. */
  cancelFailures: number;
  /** Milliseconds of each order's answer, from when it was due. */
  latencies: number[];
}

const ITEMS = ['LG10', 'test88', 'galaxy23', 'abc123'];
const CANCEL_WITHIN_MS = 1_000;
const PAYMENT_KNOWN_WITHIN_MS = 30_000;

/** Open loop: orders begin on time, however late the answers are. None begins once the signal is aborted. */
export async function drive(
  plan: LoadPlan,
  api: Api,
  seen: (result: LoadResult) => void,
  signal?: AbortSignal,
): Promise<LoadResult> {
  const result: LoadResult = { placed: [], answers: new Map(), cancelFailures: 0, latencies: [] };
  const report = setInterval(() => seen(result), 1_000);
  await openLoop({ count: plan.orders, rate: plan.rate, ...(signal && { signal }) }, (index, dueAt) =>
    placeOne(index, dueAt, plan, api, result),
  );
  clearInterval(report);
  return result;
}

async function placeOne(
  index: number,
  dueAt: number,
  plan: LoadPlan,
  api: Api,
  result: LoadResult,
): Promise<void> {
  const item = ITEMS[index % ITEMS.length] as string;
  const { status, body } = await api.post('gateway', '/orders', { item, qty: (index % 3) + 1 });
  result.latencies.push(performance.now() - dueAt);
  result.answers.set(status, (result.answers.get(status) ?? 0) + 1);
  if (status !== 201 && status !== 202) return;
  const cancelled = isCancelled(index, plan) && (status === 201 || (await hasFormed(body.id, api)));
  if (cancelled) await cancelSoon(body.id, index, api, result);
  result.placed.push({ id: body.id, cancelled });
}

/** An order answered by 202 is pending still: it can be cancelled once its payment is known. */
async function hasFormed(id: number, api: Api): Promise<boolean> {
  const look = async () => (await api.get('app', `/orders/${id}`)).body.status;
  const status = await until(look, (found) => found !== 'Pending', PAYMENT_KNOWN_WITHIN_MS);
  return status !== 'Pending' && status !== 'PaymentFailed';
}

/** Spread evenly: 30 % are three of every ten. */
const isCancelled = (index: number, { cancels }: LoadPlan) =>
  Math.floor(((index + 1) * cancels) / 100) > Math.floor((index * cancels) / 100);

/** At once, in the middle of its way, or after it shipped. */
async function cancelSoon(id: number, index: number, api: Api, result: LoadResult): Promise<void> {
  await delay(((index * 37) % 100) * (CANCEL_WITHIN_MS / 100));
  const { status } = await api.patch('gateway', `/orders/${id}`, { status: 'cancel' });
  if (status !== 200) result.cancelFailures++;
}
