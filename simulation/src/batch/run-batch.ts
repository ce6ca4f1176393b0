import { Worker } from 'node:worker_threads';
import type { RunResult } from '../run.ts';
import { addRun, type BatchReport, emptyReport } from './batch-report.ts';

export interface Chunk {
  readonly from: number;
  readonly count: number;
}

export interface ChunkResult {
  readonly runs: readonly Omit<RunResult, 'lines'>[];
  /** All that this worker's runs took until now. */
  readonly transitions: readonly string[];
}

export interface BatchOptions {
  readonly from: number;
  readonly seeds: number;
  readonly workers: number;
  /** Stop handing out seeds after this many violating ones. */
  readonly mostFailures: number;
  onProgress(report: BatchReport): void;
}

const SEEDS_AT_ONCE = 20;
const PROGRESS_EVERY_MS = 3_000;

/** Runs many seeds, one worker per core. */
export async function runBatch(options: BatchOptions): Promise<BatchReport> {
  const { from, seeds, workers, mostFailures, onProgress } = options;
  const report = emptyReport(seeds);
  let next = from;
  const take = (): Chunk | undefined => {
    const count = Math.min(SEEDS_AT_ONCE, from + seeds - next);
    if (count <= 0 || report.failures.length >= mostFailures) return undefined;
    next += count;
    return { from: next - count, count };
  };
  const progress = setInterval(() => onProgress(report), PROGRESS_EVERY_MS);
  try {
    await Promise.all(Array.from({ length: workers }, () => work(take, report)));
  } finally {
    clearInterval(progress);
  }
  return report;
}

function work(take: () => Chunk | undefined, report: BatchReport): Promise<void> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const goOn = () => {
      const chunk = take();
      if (chunk) worker.postMessage(chunk);
      else void worker.terminate().then(() => resolve());
    };
    worker.on('error', reject);
    worker.on('message', ({ runs, transitions }: ChunkResult) => {
      for (const run of runs) addRun(report, run);
      for (const transition of transitions) report.transitions.add(transition);
      goOn();
    });
    goOn();
  });
}
