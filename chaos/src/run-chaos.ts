import { setTimeout as delay } from 'node:timers/promises';
import { violationsIn } from './check/checks.ts';
import type { Evidence } from './check/evidence.ts';
import { leftAfterRefund } from './check/taken-back.ts';
import { catalogue } from './faults/catalogue.ts';
import { CONVERGES_WITHIN_MS, injectFaults } from './inject-faults.ts';
import { type Customers, letCustomersIn } from './load/customers.ts';
import { gatherEvidence } from './observe/gather-evidence.ts';
import { Watch } from './observe/watch.ts';
import type { ChaosOptions } from './options.ts';
import { countAnswers, progress } from './report/progress.ts';
import type { RunReport } from './report/run-report.ts';
import { schedule } from './schedule.ts';
import { chanceFrom } from './seeded-chance.ts';
import type { SystemUnderChaos } from './system/start-system.ts';

const SHORTEST_FAULT_MS = 5_000;
const TELL_EVERY_MS = 5_000;

/** Customers and faults for a time, then rest, then a look at everything. */
export async function runChaos(
  system: SystemUnderChaos,
  options: ChaosOptions,
  print: (line: string) => void,
): Promise<RunReport> {
  const startedAt = new Date().toISOString();
  const customers = letCustomersIn(system.api, options);
  const telling = setInterval(() => print(progress(customers.journeys)), TELL_EVERY_MS);
  try {
    const watch = new Watch(system.api, customers.journeys);
    const signal = AbortSignal.timeout(options.minutes * 60_000);
    const planned = plan(options);
    const { faults, notInjected, violations } = await injectFaults({ system, watch, planned, signal, print });
    if (!signal.aborted) throw new Error('the faults ended before the time');
    const { restMs, evidence } = await rest(system, customers, watch, print);
    return {
      startedAt,
      seed: options.seed,
      minutes: options.minutes,
      rate: options.rate,
      ...countAnswers(customers.journeys),
      faults,
      notInjected,
      restMs,
      leftAfterRefund: leftAfterRefund(evidence.views),
      violations: [...violations, ...watch.violations, ...violationsIn(evidence)],
    };
  } finally {
    clearInterval(telling);
  }
}

function plan({ seed, only, longestMs }: ChaosOptions) {
  const chosen = catalogue.map((kind) => kind.filter(({ name }) => name.includes(only)));
  if (chosen.flat().length === 0) throw new Error(`there is no fault named ${only}`);
  return schedule({ catalogue: chosen, chance: chanceFrom(seed), shortestMs: SHORTEST_FAULT_MS, longestMs });
}

/** The last customers leave, and everything has to come to rest within 30 s; then all of it is looked at. */
async function rest(
  system: SystemUnderChaos,
  customers: Customers,
  watch: Watch,
  print: (line: string) => void,
): Promise<{ restMs: number | undefined; evidence: Evidence }> {
  await customers.end();
  const endedAt = performance.now();
  print(`${customers.journeys.length} customers came, the last one has left`);
  const restMs = await watch.untilSettled(endedAt, CONVERGES_WITHIN_MS);
  for (;;) {
    // What is not at rest yet may be so a moment later, until the time is up.
    const isLastLook = performance.now() - endedAt > CONVERGES_WITHIN_MS;
    const evidence = await gatherEvidence(system, customers.journeys);
    if (violationsIn(evidence).length === 0 || isLastLook) return { restMs, evidence };
    await delay(1_000);
  }
}
