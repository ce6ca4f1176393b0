import { batchSummary, notExercised, progressLine } from '../batch/batch-report.ts';
import { runBatch } from '../batch/run-batch.ts';

export interface ManyRunsOptions {
  /** The first seed. */
  readonly from: number;
  readonly seeds: number;
  readonly workers: number;
}

/** So many seeds meet every fault, and so many take every transition; fewer may miss one by chance. */
const ENOUGH_FOR = { faults: 1_500, transitions: 20_000 };
const MOST_FAILURES = 5;

/** Runs many seeds and says what came of them; the exit code. The last line counts seeds. */
export async function runMany(options: ManyRunsOptions): Promise<number> {
  const report = await runBatch({
    ...options,
    mostFailures: MOST_FAILURES,
    onProgress: (soFar) => console.log(progressLine(soFar)),
  });
  console.log(batchSummary(report));
  for (const { seed, violations } of report.failures) {
    console.log(`✗ seed ${seed}`);
    for (const violation of violations) console.log(`    ${violation}`);
    console.log(`    again: npm run simulate -- --seed ${seed} [--trace] [--shrink]`);
  }
  const missed = notExercised(report, ENOUGH_FOR);
  for (const what of missed) console.log(`✗ never happened: ${what}`);
  const failed = report.failures.length + missed.length;
  console.log(`${report.runs - report.failures.length} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
