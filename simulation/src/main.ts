import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { batchSummary, notExercised, progressLine } from './batch/batch-report.ts';
import { runBatch } from './batch/run-batch.ts';
import { type RunResult, simulate } from './run.ts';
import { shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    without: { type: 'string', multiple: true, default: [] },
  },
});

/** So many seeds meet every fault and take every transition; fewer may miss one by chance. */
const ENOUGH_SEEDS = 1_500;
const MOST_FAILURES = 5;
const ALL_LINES = 1_000_000;
const LAST_LINES = 60;

process.exitCode = values.seed === undefined ? await many() : await one(Number(values.seed));

async function one(seed: number): Promise<number> {
  const without = new Set(values.without);
  const run = await simulate({ seed, without, keptLines: values.trace ? ALL_LINES : LAST_LINES });
  if (values.trace || run.violations.length > 0) printLines(run);
  console.log(`seed ${seed}, trace ${run.hash}: ${run.steps} steps, ${run.orders} orders, settled after ${run.settledAfterMs} ms`);
  for (const [kind, count] of Object.entries(run.faults)) console.log(`  ${count} × ${kind}`);
  for (const violation of run.violations) console.log(`✗ ${violation}`);
  if (values.shrink && run.violations.length > 0) {
    const needed = await shrink(seed, run);
    console.log(`it takes no more than: ${needed.join(', ') || 'no fault at all'}`);
  }
  return run.violations.length > 0 ? 1 : 0;
}

function printLines({ lines }: RunResult): void {
  for (const { at, process: name, what } of lines)
    console.log(`${at.toFixed(2).padStart(10)} ${name.padEnd(12)} ${what}`);
}

async function many(): Promise<number> {
  const report = await runBatch({
    from: Number(values.from),
    seeds: Number(values.seeds ?? 200),
    workers: Number(values.workers),
    mostFailures: MOST_FAILURES,
    onProgress: (soFar) => console.log(progressLine(soFar)),
  });
  console.log(batchSummary(report));
  for (const { seed, violations } of report.failures) {
    console.log(`✗ seed ${seed}`);
    for (const violation of violations) console.log(`    ${violation}`);
    console.log(`    again: npm run simulate -- --seed ${seed} [--trace] [--shrink]`);
  }
  const missed = report.runs >= ENOUGH_SEEDS ? notExercised(report) : [];
  for (const what of missed) console.log(`✗ never happened: ${what}`);
  return report.failures.length + missed.length > 0 ? 1 : 0;
}
