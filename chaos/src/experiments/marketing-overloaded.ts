import { setTimeout as delay } from 'node:timers/promises';
import { openLoop } from '../../../platform/src/load-test/open-loop.ts';
import type { Api, Reply } from '../../../platform/src/story/api.ts';
import type { SystemUnderChaos } from '../system/start-system.ts';
import { withSystem } from '../system/with-system.ts';
import { quantiles, type Sample } from './latencies.ts';
import { faultsUnderOverload, type Phase } from './overload-verdict.ts';
import { conclude, print } from './print.ts';

const RATE = 20;
const PHASE_MS = 15_000;
const PAIRS = 4;
const MARKETING_TAKES_MS = 5_000;
const DRAINS_WITHIN_MS = 30_000;
const WARM_UP_MS = 5_000;

const toSample = (at: number, { ms, status }: Reply): Sample => ({ at, ms, status });

await withSystem(['pay>marketing'], async (system) => {
  await phase(system, 'warming up', WARM_UP_MS, 0);
  const well: Phase[] = [];
  const slow: Phase[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    well.push(await phase(system, 'marketing is well', PHASE_MS, 0));
    slow.push(
      await phase(system, `marketing takes ${MARKETING_TAKES_MS / 1_000} s`, PHASE_MS, MARKETING_TAKES_MS),
    );
  }
  for (const what of ['orders', 'views', 'cancels'] as const) {
    print(`${what}, marketing well: ${quantiles(well.flatMap((one) => one[what]))}`);
    print(`${what}, marketing slow: ${quantiles(slow.flatMap((one) => one[what]))}`);
  }
  conclude(faultsUnderOverload(well, slow));
});

/** Orders, reads and cancels at a steady rate for a time; then waits until all cancels are done. */
async function phase(system: SystemUnderChaos, name: string, forMs: number, lateMs: number): Promise<Phase> {
  const { api, links } = system;
  const marketing = links.get('pay>marketing');
  const seen = { orders: [] as Sample[], views: [] as Sample[], cancels: [] as Sample[] };
  if (lateMs > 0) marketing?.slow(lateMs);
  await openLoop({ rate: RATE, signal: AbortSignal.timeout(forMs) }, (index, dueAt) =>
    orderReadAndCancel(api, index, dueAt, seen),
  );
  const deferred = await waitingCancels(api);
  marketing?.heal();
  const drainedMs = await untilDrained(api);
  const drained = drainedMs === undefined ? 'NOT DRAINED' : `drained in ${(drainedMs / 1_000).toFixed(1)} s`;
  print(
    `${name}: orders ${quantiles(seen.orders)}; views ${quantiles(seen.views)}; ${deferred} cancels deferred, ${drained}`,
  );
  return { ...seen, deferred, drainedMs };
}

/** Every third order is taken back. */
async function orderReadAndCancel(
  api: Api,
  index: number,
  dueAt: number,
  seen: { orders: Sample[]; views: Sample[]; cancels: Sample[] },
): Promise<void> {
  const order = await api.post('gateway', '/orders', { item: 'LG10', qty: 1 });
  seen.orders.push({ at: dueAt, ms: performance.now() - dueAt, status: order.status });
  if (order.status !== 201) return;
  await delay(500);
  seen.views.push(toSample(performance.now(), await api.get('gateway', `/customers/${order.body.id}`)));
  if (index % 3 !== 0) return;
  seen.cancels.push(
    toSample(performance.now(), await api.patch('gateway', `/orders/${order.body.id}`, { status: 'cancel' })),
  );
}

/** Payments by their state: those that wait with a cancel come first. */
async function waitingCancels(api: Api): Promise<number> {
  for (let page = 0, waiting = 0; ; page++) {
    const { body } = await api.get('pay', `/payments?sort=process,asc&size=100&page=${page}`);
    const payments = body._embedded.payments as readonly { readonly process: string }[];
    const found = payments.filter(({ process }) => process === 'CancelPending').length;
    waiting += found;
    if (found < 100) return waiting;
  }
}

async function untilDrained(api: Api): Promise<number | undefined> {
  const startedAt = performance.now();
  for (;;) {
    if ((await waitingCancels(api)) === 0) return performance.now() - startedAt;
    if (performance.now() - startedAt > DRAINS_WITHIN_MS) return undefined;
    await delay(200);
  }
}
