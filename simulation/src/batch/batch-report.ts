import { faultKinds } from '../faults/fault-kinds.ts';
import type { RunResult } from '../run.ts';
import { pspMisbehaviours } from '../world/simulated-psp.ts';
import { leadingTransitions } from './transition-coverage.ts';

export interface BatchReport {
  readonly seeds: number;
  readonly startedAt: number;
  readonly faults: Map<string, number>;
  readonly transitions: Set<string>;
  readonly failures: { readonly seed: number; readonly violations: readonly string[] }[];
  readonly settledAfterMs: number[];
  runs: number;
  orders: number;
  steps: number;
}

export const emptyReport = (seeds: number): BatchReport => ({
  seeds,
  startedAt: performance.now(),
  faults: new Map(),
  transitions: new Set(),
  failures: [],
  settledAfterMs: [],
  runs: 0,
  orders: 0,
  steps: 0,
});

export function addRun(report: BatchReport, run: Omit<RunResult, 'lines'>): void {
  report.runs++;
  report.orders += run.orders;
  report.steps += run.steps;
  report.settledAfterMs.push(run.settledAfterMs);
  for (const [kind, count] of Object.entries(run.faults))
    report.faults.set(kind, (report.faults.get(kind) ?? 0) + count);
  if (run.violations.length > 0) report.failures.push({ seed: run.seed, violations: run.violations });
}

/** Faults that never struck and transitions that were never taken, in a batch of enough runs to expect them. */
export function notExercised(
  { runs, faults, transitions }: BatchReport,
  enoughFor: { readonly faults: number; readonly transitions: number },
): string[] {
  const kinds = runs >= enoughFor.faults ? [...faultKinds, ...pspMisbehaviours] : [];
  const leading = runs >= enoughFor.transitions ? leadingTransitions : [];
  return [
    ...kinds.filter((kind) => !faults.has(kind)),
    ...leading.filter((transition) => !transitions.has(transition)),
  ];
}

const thousands = (count: number) => count.toLocaleString('en-US');
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

export function progressLine(report: BatchReport): string {
  const elapsed = (performance.now() - report.startedAt) / 1_000;
  const rate = (report.runs / elapsed).toFixed(1);
  return `${thousands(report.runs)} of ${thousands(report.seeds)} seeds, ${rate}/s, ${report.failures.length} failed`;
}

export function batchSummary(report: BatchReport): string {
  const sorted = [...report.settledAfterMs].sort((a, b) => a - b);
  const at = (share: number) =>
    seconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  const struck = [...report.faults].sort(([, a], [, b]) => b - a);
  return [
    `${progressLine(report)}; ${seconds(performance.now() - report.startedAt)}`,
    `${thousands(report.orders)} orders, ${thousands(report.steps)} steps`,
    `settled after the last fault: ${at(0.5)} (median), ${at(0.99)} (99 %), ${at(1)} (longest)`,
    'faults that struck:',
    ...struck.map(([kind, count]) => `  ${thousands(count).padStart(9)}  ${kind}`),
    `transitions taken: ${leadingTransitions.filter((one) => report.transitions.has(one)).length} of ${leadingTransitions.length}`,
  ].join('\n');
}
