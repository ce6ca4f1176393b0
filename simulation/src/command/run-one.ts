import { type RunResult, simulate } from '../run.ts';
import { shrink } from './shrink.ts';

export interface OneRunOptions {
  /** Print every line, not only the last ones of a run that fails. */
  readonly trace: boolean;
  /** Look for the fewest faults that it takes. */
  readonly shrink: boolean;
  /** Faults that must not strike. */
  readonly without: ReadonlySet<string>;
}

const ALL_LINES = 1_000_000;
const LAST_LINES = 60;

/** Runs one seed again and tells what happened; the exit code. */
export async function runOne(seed: number, options: OneRunOptions): Promise<number> {
  const { trace, without } = options;
  const run = await simulate({ seed, without, keptLines: trace ? ALL_LINES : LAST_LINES });
  if (trace || run.violations.length > 0) printLines(run);
  console.log(
    `seed ${seed}, trace ${run.hash}: ${run.steps} steps, ${run.orders} orders, settled after ${run.settledAfterMs} ms`,
  );
  for (const [kind, count] of Object.entries(run.faults)) console.log(`  ${count} × ${kind}`);
  for (const violation of run.violations) console.log(`✗ ${violation}`);
  if (options.shrink && run.violations.length > 0) {
    const needed = await shrink(seed, run);
    console.log(`it takes no more than: ${needed.join(', ') || 'no fault at all'}`);
  }
  return run.violations.length > 0 ? 1 : 0;
}

function printLines({ lines }: RunResult): void {
  for (const { at, process: name, what } of lines)
    console.log(`${at.toFixed(2).padStart(10)} ${name.padEnd(12)} ${what}`);
}
