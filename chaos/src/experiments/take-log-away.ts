import { setTimeout as delay } from 'node:timers/promises';
import { drive, type LoadPlan } from '../../../platform/src/load-test/drive.ts';
import { verify } from '../../../platform/src/load-test/verify.ts';
import { backlogOf } from '../observe/backlog.ts';
import type { LinkName } from '../system/links.ts';
import { startReadinessRouter } from '../system/readiness-router.ts';
import type { SystemUnderChaos } from '../system/start-system.ts';
import type { LogAway } from './log-away-verdict.ts';

/** The links of the callers of app and pay, which go through the router. */
export const ROUTED: readonly LinkName[] = ['gateway>app', 'app>pay'];

export interface LogAwayPlan {
  /** Orders a second. */
  readonly rate: number;
  readonly beforeMs: number;
  readonly awayMs: number;
  readonly afterMs: number;
  /** `frozen`: it takes connections and answers nothing. */
  readonly how: 'stopped' | 'frozen';
}

const CANCELS_PERCENT = 10;
const CONVERGES_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 500;

/** Takes the system's own Kafka away for a while, under load and behind a router that heeds `/readyz` of app and pay. */
export async function takeLogAway(
  system: SystemUnderChaos,
  plan: LogAwayPlan,
  tell: (line: string) => void,
): Promise<LogAway> {
  const { api, links } = system;
  const router = startReadinessRouter(api, links, ROUTED);
  const watch = watchOutbox(system);
  const seconds = (plan.beforeMs + plan.awayMs + plan.afterMs) / 1_000;
  const load: LoadPlan = {
    orders: Math.floor(plan.rate * seconds),
    rate: plan.rate,
    cancels: CANCELS_PERCENT,
  };
  const driving = drive(load, api, () => undefined);
  await delay(plan.beforeMs);
  const backAt = await outage(system, plan, tell);
  const { placed, answers, cancelFailures } = await driving;
  const convergedMs = await untilNothingWaits(system, backAt);
  const deepestOutbox = await watch.stop();
  const wrong = await verify(placed, api);
  await router.stop();
  return {
    answers,
    cancelsRefused: cancelFailures,
    router: router.report,
    deepestOutbox,
    convergedMs,
    wrong: [...wrong.keys()],
  };
}

/** Resolves to the moment from which the log is back. */
async function outage(
  { units }: SystemUnderChaos,
  { how, awayMs }: LogAwayPlan,
  tell: (line: string) => void,
): Promise<number> {
  if (how === 'frozen') {
    const pid = await units.pidOf('kafka');
    process.kill(pid, 'SIGSTOP');
    tell('Kafka is frozen');
    await delay(awayMs).finally(() => process.kill(pid, 'SIGCONT'));
  } else {
    await units.stop('kafka');
    tell('Kafka is stopped');
    await delay(awayMs);
    await units.start('kafka');
  }
  tell('Kafka is back');
  return performance.now();
}

async function untilNothingWaits({ api }: SystemUnderChaos, backAt: number): Promise<number | undefined> {
  while (performance.now() - backAt < CONVERGES_WITHIN_MS) {
    const { outbox, lag } = await backlogOf(api);
    if (outbox === 0 && lag === 0) return performance.now() - backAt;
    await delay(LOOK_EVERY_MS);
  }
  return undefined;
}

function watchOutbox({ api }: SystemUnderChaos) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let deepest = 0;
  const watching = (async () => {
    while (!signal.aborted) {
      const { outbox } = await backlogOf(api);
      if (outbox > deepest) deepest = outbox;
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await watching;
      return deepest;
    },
  };
}
