import { setTimeout as delay } from 'node:timers/promises';
import { openLoop } from '../../../platform/src/load-test/open-loop.ts';
import { net } from '../check/evidence.ts';
import { ledgerOf } from '../observe/gather-evidence.ts';
import type { SystemUnderChaos } from '../system/start-system.ts';
import { withSystem } from '../system/with-system.ts';
import { quantile, quantiles, type Sample } from './latencies.ts';
import { faultsWhilePayStopped, refusedWhileStopped, takenAgainMs } from './pay-stopped-verdict.ts';
import { conclude, print } from './print.ts';

const RATE = 30;
const BEFORE_MS = 10_000;
const STOPPED_MS = 20_000;
const AFTER_MS = 15_000;

await withSystem([], async (system) => {
  const orders: (Sample & { id?: number })[] = [];
  const closing = new AbortController();
  const load = openLoop({ rate: RATE, signal: closing.signal }, async (index) => {
    const at = performance.now();
    const via = index % 2 === 0 ? 'gateway' : 'app';
    const { status, ms, body, retryAfterMs } = await system.api.post(via, '/orders', {
      item: 'LG10',
      qty: 1,
    });
    const wasTold = status === 201 || status === 202;
    orders.push({ at, ms, status, retryAfterMs, ...(wasTold && { id: body.id }) });
  });
  await delay(BEFORE_MS);
  const moments = await stopAndStart(system);
  await delay(AFTER_MS);
  closing.abort();
  await load;
  const ledger = await ledgerOf(system);
  const charged = new Set([...ledger].filter(([, balance]) => net(balance) > 0).map(([id]) => id));
  const seen = { orders, charged, ...moments };
  const refused = refusedWhileStopped(seen);
  print(`${orders.length} orders sent, ${charged.size} charged`);
  print(
    `while pay was stopped: ${refused.length} refused, ${quantiles(refused)}, longest ${quantile(refused, 1).toFixed(1)} ms`,
  );
  print(`orders were taken again ${(takenAgainMs(seen) / 1_000).toFixed(1)} s after pay was back`);
  conclude(faultsWhilePayStopped(seen));
});

async function stopAndStart({ units }: SystemUnderChaos) {
  await units.stop('pay');
  const stoppedAt = performance.now();
  print('pay is stopped');
  await delay(STOPPED_MS);
  const startingAt = performance.now();
  await units.start('pay');
  print('pay is back');
  return { stoppedAt, startingAt, readyAt: performance.now() };
}
