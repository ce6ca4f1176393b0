import type { Violation } from './check/evidence.ts';
import type { Watch } from './observe/watch.ts';
import type { InjectedFault } from './report/run-report.ts';
import type { PlannedFault } from './schedule.ts';
import type { SystemUnderChaos } from './system/start-system.ts';

/** What the system promises for the time after the last fault. */
export const CONVERGES_WITHIN_MS = 30_000;

export interface Injection {
  readonly faults: InjectedFault[];
  readonly notInjected: string[];
  readonly violations: Violation[];
}

export interface InjectionOptions {
  readonly system: SystemUnderChaos;
  readonly watch: Watch;
  readonly planned: Iterable<PlannedFault>;
  /** No fault begins after it is aborted. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** One fault after another, each when the orders of the last one have come to their end. */
export async function injectFaults({
  system,
  watch,
  planned,
  signal,
  print,
}: InjectionOptions): Promise<Injection> {
  const injection: Injection = { faults: [], notInjected: [], violations: [] };
  for (const { fault, forMs } of planned) {
    if (signal.aborted) return injection;
    const { kind, name } = fault;
    const beganAt = performance.now();
    try {
      await fault.strike(system, forMs);
    } catch (error) {
      injection.notInjected.push(`${name}: ${(error as Error).message}`);
      print(`${name}: NOT INJECTED: ${(error as Error).message}`);
      continue;
    }
    const healedAt = performance.now();
    const convergedMs = await watch.untilSettled(healedAt, CONVERGES_WITHIN_MS);
    injection.faults.push({ kind, name, lastedMs: healedAt - beganAt, convergedMs });
    if (convergedMs === undefined)
      injection.violations.push({ invariant: 'I8', what: `not all at rest 30 s after ${name}` });
    print(
      `${name}: ${seconds(healedAt - beganAt)}, ${convergedMs === undefined ? 'NOT CONVERGED after' : 'converged in'} ${seconds(convergedMs ?? CONVERGES_WITHIN_MS)}`,
    );
  }
  return injection;
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
